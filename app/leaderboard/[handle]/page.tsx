import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { BoardQuery } from '@/lib/contract/leaderboard'
import { isProblemError } from '@/lib/contract/problem'
import { publicBoard, publicBoardRow } from '@/lib/learn/leaderboards/public-board'
import { readQuery } from '../../_leaderboard/read-query'
import { RowDetail } from '../../_leaderboard/row-detail'
import { orUnavailable } from '../../_session/or-unavailable'
import { lookUpViewer } from '../../_session/viewer'
import { Page } from '../../_ui/page'
import { placeOf } from '../_components/place'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('leaderboard')
  // A row is gone as soon as its person does not want to be shown any more.
  return { title: t('title'), robots: { index: false } }
}

export default async function PublicRow({ params, searchParams }: PageProps<'/leaderboard/[handle]'>) {
  const { handle } = await params
  const query = readQuery(BoardQuery, await searchParams)
  return orUnavailable(() => renderPage(handle, query))
}

async function renderPage(handle: string, query: BoardQuery) {
  const viewerId = (await lookUpViewer()).viewer?.id ?? null
  const detail = await findRow(viewerId, query, handle)
  if (!detail) notFound()
  const view = await publicBoard(viewerId, { ...query, from: 1 })
  return (
    <Page>
      <RowDetail detail={detail} view={view} place={placeOf(query)} />
    </Page>
  )
}

async function findRow(viewerId: string | null, query: BoardQuery, handle: string) {
  try {
    return await publicBoardRow(viewerId, query, handle)
  } catch (error) {
    if (isProblemError(error) && error.code === 'not-found') return null
    throw error
  }
}
