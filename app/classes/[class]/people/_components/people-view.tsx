'use client'

import { FolderTree, Upload, UserPlus, UsersRound } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { useState } from 'react'
import type { ClassPeople } from '@/lib/contract/class'
import { LANGUAGE_TAGS } from '../../../../_i18n/locale'
import type { ApiProblem } from '../../../../_session/api'
import { useProblemText } from '../../../../_session/use-problem-text'
import { Alert } from '../../../../_ui/alert'
import { Button, LinkButton } from '../../../../_ui/button'
import { EmptyState } from '../../../../_ui/empty-state'
import { countStates, entriesOf, type Filter, type State } from './entries'
import { InviteDialog } from './invite-dialog'
import { MoveBar } from './move-bar'
import { PeopleFilter } from './people-filter'
import { PeopleTable } from './people-table'
import { SectionsDialog } from './sections-dialog'

/** Lines that are drawn at once; the rest on demand. */
const SHOWN = 100

/** States that a sentence explains. */
const EXPLAINED: Partial<Record<State, 'awaitedText' | 'unverifiedText' | 'departedText'>> = {
  awaited: 'awaitedText', unverified: 'unverifiedText', departed: 'departedText',
}

/** Everybody of a class with what its instructors may do to them; assistants only look. */
export function PeopleView({ classId, people, viewerId, mayManage, hasBoards }: {
  classId: string
  people: ClassPeople
  viewerId: string
  mayManage: boolean
  /** Whether leaderboards are switched on in the class. */
  hasBoards: boolean
}) {
  const t = useTranslations('classes.people')
  const tag = LANGUAGE_TAGS[useLocale()]
  const problemText = useProblemText()
  const [filter, setFilter] = useState<Filter>({ state: 'present', section: '', search: '' })
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [all, setAll] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)

  const entries = entriesOf(people, filter, tag)
  const explained = EXPLAINED[filter.state]
  const isFiltered = filter.search !== '' || filter.section !== '' || filter.state !== 'present'
  const shown = all ? entries : entries.slice(0, SHOWN)
  const students = new Set(people.members.flatMap(({ userId, role, removedAt }) => {
    return role === 'student' && removedAt === null ? [userId] : []
  }))
  // Whoever is hidden by the filter, or no student any more, is not moved.
  const moved = shown.flatMap(({ key }) => (selected.has(key) && students.has(key) ? [key] : []))

  return (
    <>
      <div className="mb-5 flex flex-wrap items-end justify-between gap-4">
        <PeopleFilter
          value={filter}
          sections={people.sections}
          counts={countStates(people)}
          onChange={(next) => {
            setFilter(next)
            setSelected(new Set())
            setAll(false)
          }}
        />
        {mayManage && (
          <div className="flex flex-wrap gap-2">
            <SectionsDialog
              classId={classId}
              sections={people.sections}
              trigger={
                <Button className="h-10">
                  <FolderTree aria-hidden />
                  {t('sections')}
                </Button>
              }
            />
            <LinkButton href={`/classes/${classId}/people/import`} prefetch={false} className="h-10">
              <Upload aria-hidden />
              {t('import')}
            </LinkButton>
            <InviteDialog
              classId={classId}
              sections={people.sections}
              onDone={() => setFilter({ state: 'awaited', section: '', search: '' })}
              trigger={
                <Button tone="primary" className="h-10">
                  <UserPlus aria-hidden />
                  {t('invite')}
                </Button>
              }
            />
          </div>
        )}
      </div>
      {problem && (
        <Alert tone="bad" live="assertive" className="mb-4">
          {problemText(problem)}
        </Alert>
      )}
      {explained && entries.length > 0 && <p className="mb-4 max-w-prose text-ui text-ink-soft">{t(explained)}</p>}
      {mayManage && (
        <MoveBar
          classId={classId}
          sections={people.sections}
          userIds={moved}
          onProblem={setProblem}
          onDone={() => setSelected(new Set())}
        />
      )}
      {entries.length > 0 ? (
        <PeopleTable
          classId={classId}
          entries={shown}
          sections={people.sections}
          viewerId={viewerId}
          mayManage={mayManage}
          hasBoards={hasBoards}
          selected={selected}
          onSelect={setSelected}
          onProblem={setProblem}
        />
      ) : (
        <EmptyState icon={<UsersRound />} title={t(isFiltered ? 'noneFound' : 'none')}>
          {t(isFiltered ? 'noneFoundText' : 'noneText')}
        </EmptyState>
      )}
      {entries.length > shown.length && (
        <Button className="mt-5" onClick={() => setAll(true)}>
          {t('showAll', { count: entries.length })}
        </Button>
      )}
      <p role="status" className="mt-4 text-small text-ink-soft figures">
        {t('count', { count: entries.length })}
      </p>
    </>
  )
}
