import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { getViewer } from '@/lib/auth/viewer'
import { BoardQuery } from '@/lib/contract/leaderboard'
import { publicBoard } from '@/lib/learn/leaderboards/public-board'
import { listTopics } from '@/lib/learn/topics'
import { ClientMessages } from '../_i18n/client-messages'
import { boardHref } from '../_leaderboard/board-place'
import { BoardSwitches } from '../_leaderboard/board-switches'
import { LiveBoard } from '../_leaderboard/live-board'
import { readQuery } from '../_leaderboard/read-query'
import { visitorOf } from '../_leaderboard/reader'
import { Rule } from '../_leaderboard/rule'
import { orUnavailable } from '../_session/or-unavailable'
import { Page, PageHeader } from '../_ui/page'
import { placeOf } from './_components/place'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('leaderboard')
  return { title: t('title') }
}

export default async function Leaderboard({ searchParams }: PageProps<'/leaderboard'>) {
  const query = readQuery(BoardQuery, await searchParams)
  return orUnavailable(() => renderPage(query))
}

async function renderPage(query: BoardQuery) {
  const topics = await listTopics()
  const topic = topics.find(({ slug }) => slug === query.topic)
  if (query.topic !== undefined && !topic) notFound()
  const viewer = await getViewer()
  const view = await publicBoard(viewer?.id ?? null, query)
  const t = await getTranslations('leaderboard')
  const locale = await getLocale()
  const place = placeOf(query)
  const menu = topics.map(({ slug, title }) => ({ name: title[locale], scope: { topic: slug } }))
  return (
    <Page>
      <PageHeader title={t('title')} lead={topic?.title[locale]} />
      <Rule span={query.span} ofClass={false} />
      <BoardSwitches
        place={place} groups={[{ name: t('scope.everyone'), menu: null }, { name: t('scope.topic'), menu }]}
      />
      <ClientMessages areas={['leaderboard']}>
        <LiveBoard
          initial={view} readAt={Date.now()} from={query.from} place={place}
          reader={viewer ? { kind: 'learner' } : visitorOf(boardHref(place, query.from))}
        />
      </ClientMessages>
    </Page>
  )
}
