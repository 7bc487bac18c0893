'use client'

import { Ban, Check, EyeOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { type Person, ROLES, Role } from '@/lib/contract/account'
import { type ApiProblem, sendJson } from '../../../_session/api'
import { useProblemText } from '../../../_session/use-problem-text'
import { Alert } from '../../../_ui/alert'
import { Badge } from '../../../_ui/badge'
import { LocalTime } from '../../../_ui/local-time'
import { Select } from '../../../_ui/select'
import { Rows, Table, Td, Th, Tr } from '../../../_ui/table'
import { PersonActions } from './person-actions'

/** Accounts with their roles and what can be done to them; a role changes at once, but nobody changes their own. */
export function PeopleTable({ people, viewerId }: { people: Person[]; viewerId: string }) {
  const t = useTranslations('admin.people')
  const problemText = useProblemText()
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  return (
    <>
      {problem && (
        <Alert tone="bad" live="assertive" className="mb-4">
          {problemText(problem)}
        </Alert>
      )}
      <Table
        label={t('title')}
        head={
          <>
            <Th className="w-full">{t('columns.person')}</Th>
            <Th className="min-w-40">{t('columns.role')}</Th>
            <Th right>{t('columns.since')}</Th>
            <Th right>
              <span className="sr-only">{t('columns.actions')}</span>
            </Th>
          </>
        }
      >
        <Rows>
          {people.map((person) => (
            <Tr key={person.id}>
              <Td>
                <span className="flex flex-wrap items-center gap-x-2 text-body font-medium">
                  <span className="min-w-0 wrap-anywhere">{person.name}</span>
                  {person.id === viewerId && <Badge>{t('you')}</Badge>}
                  {person.suspended && (
                    <Badge tone="warn">
                      <Ban aria-hidden />
                      {t('suspended')}
                    </Badge>
                  )}
                  {person.barred && (
                    <Badge tone="warn">
                      <EyeOff aria-hidden />
                      {t('barred')}
                    </Badge>
                  )}
                </span>
                <span className="block text-small wrap-anywhere text-ink-soft">{person.email}</span>
              </Td>
              <Td className="max-sm:order-2">
                <RoleSelect person={person} fixed={person.id === viewerId} onProblem={setProblem} />
              </Td>
              <Td right className="max-sm:order-2">
                <LocalTime at={person.createdAt} dateOnly className="text-small text-ink-soft" />
              </Td>
              <Td right className="max-sm:order-1">{person.id !== viewerId && <PersonActions person={person} />}</Td>
            </Tr>
          ))}
        </Rows>
      </Table>
    </>
  )
}

function RoleSelect({ person, fixed, onProblem }: {
  person: Person
  fixed: boolean
  onProblem: (problem: ApiProblem | null) => void
}) {
  const t = useTranslations('admin')
  const [role, setRole] = useState(person.role)
  const [state, setState] = useState<'idle' | 'pending' | 'saved'>('idle')
  if (fixed) return t(`roles.${role}`)

  async function change(value: string) {
    const next = Role.parse(value)
    setRole(next)
    setState('pending')
    onProblem(null)
    const answer = await sendJson('PUT', `/api/admin/people/${person.id}/role`, { role: next })
    setState(answer.ok ? 'saved' : 'idle')
    if (answer.ok) return
    setRole(role)
    onProblem(answer.problem)
  }

  return (
    <span className="flex items-center gap-2">
      <Select
        label={t('people.role', { name: person.name })}
        value={role}
        aria-busy={state === 'pending'}
        className="shrink-0"
        onChange={(value) => void change(value)}
      >
        {ROLES.map((each) => (
          <option key={each} value={each}>
            {t(`roles.${each}`)}
          </option>
        ))}
      </Select>
      <span role="status" className="flex w-16 items-center gap-1 text-small text-good">
        {state === 'saved' && (
          <>
            <Check aria-hidden className="size-4" />
            {t('people.saved')}
          </>
        )}
      </span>
    </span>
  )
}
