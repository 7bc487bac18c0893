'use client'

import { Ban } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { type Person, ROLES, Role } from '@/lib/contract/account'
import { type ApiProblem, sendJson } from '../../../_session/api'
import { useProblemText } from '../../../_session/use-problem-text'
import { Alert } from '../../../_ui/alert'
import { Badge } from '../../../_ui/badge'
import { LocalTime } from '../../../_ui/local-time'
import { Select } from '../../../_ui/select'
import { Table, Td, Th } from '../../../_ui/table'

/** Accounts with their roles; a role changes at once, but nobody changes their own. */
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
      <Table label={t('columns.person')}>
        <thead>
          <tr>
            <Th className="w-full">{t('columns.person')}</Th>
            <Th className="min-w-40">{t('columns.role')}</Th>
            <Th right>{t('columns.since')}</Th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.id}>
              <Td>
                <span className="flex items-center gap-2 text-body font-medium">
                  {person.name}
                  {person.id === viewerId && <Badge>{t('you')}</Badge>}
                  {person.suspended && (
                    <Badge tone="warn">
                      <Ban aria-hidden />
                      {t('suspended')}
                    </Badge>
                  )}
                </span>
                <span className="block text-small text-ink-soft">{person.email}</span>
              </Td>
              <Td>
                <RoleSelect person={person} fixed={person.id === viewerId} onProblem={setProblem} />
              </Td>
              <Td right>
                <LocalTime at={person.createdAt} dateOnly className="text-small text-ink-soft" />
              </Td>
            </tr>
          ))}
        </tbody>
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
  if (fixed) return t(`roles.${role}`)

  async function change(value: string) {
    const next = Role.parse(value)
    setRole(next)
    onProblem(null)
    const answer = await sendJson('PUT', `/api/admin/people/${person.id}/role`, { role: next })
    if (answer.ok) return
    setRole(role)
    onProblem(answer.problem)
  }

  return (
    <Select label={t('people.role', { name: person.name })} value={role} onChange={(value) => void change(value)}>
      {ROLES.map((each) => (
        <option key={each} value={each}>
          {t(`roles.${each}`)}
        </option>
      ))}
    </Select>
  )
}
