import { notFound } from 'next/navigation'
import { z } from 'zod'
import type { Viewer } from '@/lib/contract/account'
import { ClassBoardQuery } from '@/lib/contract/leaderboard'
import { classBoard, classBoardRow } from '@/lib/learn/leaderboards/class-board'
import { boardHref } from '../../../../_leaderboard/board-place'
import { readQuery } from '../../../../_leaderboard/read-query'
import { RowDetail } from '../../../../_leaderboard/row-detail'
import { ClassFrame } from '../../_components/class-frame'
import { classMetadata, classPage } from '../../_components/class-page'
import { placeOf } from '../_components/class-place'

type Props = PageProps<'/classes/[class]/leaderboard/[alias]'>

/** Numbers of pseudonyms, written as links have them. */
const Alias = z.stringFormat('alias', /^(?:0|[1-9]\d{0,8})$/).transform(Number)

export async function generateMetadata({ params }: Props) {
  return classMetadata((await params).class, 'leaderboard')
}

export default async function ClassRow({ params, searchParams }: Props) {
  const { class: classId, alias } = await params
  const query = readQuery(ClassBoardQuery, await searchParams)
  return classPage(boardHref(placeOf(classId, query)), (viewer) => renderPage(viewer, classId, query, alias))
}

async function renderPage(viewer: Viewer, classId: string, query: ClassBoardQuery, alias: string) {
  const number = Alias.safeParse(alias)
  const detail = number.success ? await classBoardRow(viewer, classId, query, number.data) : null
  if (!detail) notFound()
  const view = await classBoard(viewer, classId, { ...query, from: 1 })
  return (
    <ClassFrame classId={classId} viewer={viewer} current="leaderboard">
      <RowDetail detail={detail} view={view} place={placeOf(classId, query)} ofClass />
    </ClassFrame>
  )
}
