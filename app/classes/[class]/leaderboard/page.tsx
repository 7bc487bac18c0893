import { Trophy } from 'lucide-react'
import { getLocale, getTranslations } from 'next-intl/server'
import type { Viewer } from '@/lib/contract/account'
import { ClassBoardQuery, type ClassBoards } from '@/lib/contract/leaderboard'
import { classBoard, classBoards } from '@/lib/learn/leaderboards/class-board'
import { ClientMessages } from '../../../_i18n/client-messages'
import { boardHref } from '../../../_leaderboard/board-place'
import { BoardSwitches, type ScopeGroup } from '../../../_leaderboard/board-switches'
import { LiveBoard } from '../../../_leaderboard/live-board'
import { pseudonym } from '../../../_leaderboard/pseudonym'
import { readQuery } from '../../../_leaderboard/read-query'
import type { Reader } from '../../../_leaderboard/reader'
import { Rule } from '../../../_leaderboard/rule'
import { LinkButton } from '../../../_ui/button'
import { EmptyState } from '../../../_ui/empty-state'
import { ClassFrame } from '../_components/class-frame'
import { classMetadata, classPage } from '../_components/class-page'
import { findClass } from '../_components/find-class'
import { AliasChoice } from './_components/alias-choice'
import { placeOf } from './_components/class-place'

type Props = PageProps<'/classes/[class]/leaderboard'>

export async function generateMetadata({ params }: Props) {
  return classMetadata((await params).class, 'leaderboard')
}

export default async function ClassLeaderboard({ params, searchParams }: Props) {
  const { class: classId } = await params
  const query = readQuery(ClassBoardQuery, await searchParams)
  const path = boardHref(placeOf(classId, query), query.from)
  return classPage(path, (viewer) => renderPage(viewer, classId, query))
}

async function renderPage(viewer: Viewer, classId: string, query: ClassBoardQuery) {
  const { role } = await findClass(viewer, classId)
  const boards = await classBoards(viewer, classId)
  const t = await getTranslations('leaderboard')
  const tabs = await getTranslations('classes.tabs')
  const { mode, own } = boards
  if (mode === 'off') {
    return (
      <ClassFrame classId={classId} viewer={viewer} current="leaderboard">
        <EmptyState
          icon={<Trophy />}
          title={t('off.title')}
          action={role === 'instructor' && (
            <LinkButton href={`/classes/${classId}/settings#leaderboards`}>{t('off.action')}</LinkButton>
          )}
        >
          {t(role === 'student' ? 'off.student' : 'off.staff')}
        </EmptyState>
      </ClassFrame>
    )
  }
  const locale = await getLocale()
  const place = placeOf(classId, query)
  const view = await classBoard(viewer, classId, query)
  const alias = own?.alias ?? null
  const reader: Reader = role === 'student'
    ? { kind: 'student', row: alias === null ? null : String(alias), isKeptOff: own?.offBoards ?? false }
    : { kind: 'staff' }
  return (
    <ClassFrame classId={classId} viewer={viewer} current="leaderboard">
      <h2 className="sr-only">{tabs('leaderboard')}</h2>
      <Rule span={query.span} ofClass />
      <BoardSwitches place={place} groups={await groupsOf(boards)} />
      <ClientMessages areas={['leaderboard', 'classes', 'errors']}>
        <LiveBoard
          initial={view} readAt={Date.now()} from={query.from} place={place} reader={reader}
          hasSets={boards.sets.length > 0}
        />
        {own && alias !== null && (
          <div className="mt-10 max-w-wide border-t border-line pt-6">
            <AliasChoice classId={classId} mode={mode} aliasOnly={own.aliasOnly} pseudonym={pseudonym(alias, locale)} />
          </div>
        )}
      </ClientMessages>
    </ClassFrame>
  )
}

/** The whole class, and its sections and sets if there are any. */
async function groupsOf({ sections, sets }: ClassBoards): Promise<ScopeGroup[]> {
  const t = await getTranslations('leaderboard.scope')
  return [
    { name: t('class'), menu: null },
    { name: t('section'), menu: sections.map(({ id, name }) => ({ name, scope: { section: id } })) },
    { name: t('set'), menu: sets.map(({ id, title }) => ({ name: title, scope: { set: id } })) },
  ].filter(({ menu }) => menu === null || menu.length > 0)
}
