'use client'

import { CalendarClock, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { ExceptionView } from '@/lib/contract/set-exception'
import { ClassTime } from '../../../../../../_marking/class-time'
import { type ApiProblem, sendJson } from '../../../../../../_session/api'
import { useProblemText } from '../../../../../../_session/use-problem-text'
import { Alert } from '../../../../../../_ui/alert'
import { Badge } from '../../../../../../_ui/badge'
import { EmptyState } from '../../../../../../_ui/empty-state'
import { IconButton } from '../../../../../../_ui/icon-button'
import { Rows, Table, Td, Th, Tr } from '../../../../../../_ui/table'

/** Who has other dates, or is exempt, and why. */
export function ExceptionTable({ path, exceptions, zone, mayChange }: {
  path: string
  exceptions: ExceptionView[]
  zone: string
  mayChange: boolean
}) {
  const t = useTranslations('sets.exceptions')
  const problemText = useProblemText()
  const router = useRouter()
  const [removing, setRemoving] = useState<string | null>(null)
  const [problem, setProblem] = useState<ApiProblem | null>(null)

  async function remove(id: string) {
    setRemoving(id)
    const answer = await sendJson('DELETE', `${path}/${id}`)
    setRemoving(null)
    setProblem(answer.ok ? null : answer.problem)
    router.refresh()
  }

  if (exceptions.length === 0) {
    return (
      <EmptyState icon={<CalendarClock />} title={t('none')}>
        {t('noneText')}
      </EmptyState>
    )
  }
  return (
    <>
      {problem && <Alert tone="warn" live="assertive" className="mb-4">{problemText(problem)}</Alert>}
      <Table
        label={t('title')}
        head={
          <>
            <Th className="w-full">{t('who')}</Th>
            <Th>{t('due')}</Th>
            <Th>{t('closes')}</Th>
            <Th right>{t('attempts')}</Th>
            <Th>{t('reason')}</Th>
            {mayChange && <Th right>{t('actions')}</Th>}
          </>
        }
      >
        <Rows>
          {exceptions.map((each) => (
            <Tr key={each.id}>
              <Td>
                <span className="flex flex-wrap items-center gap-2 font-medium">
                  {each.name}
                  {each.for.kind === 'section' && <Badge>{t('section')}</Badge>}
                  {each.exempt && <Badge tone="accent">{t('exempt')}</Badge>}
                </span>
              </Td>
              <Td>{each.dueAt ? <ClassTime at={each.dueAt} zone={zone} /> : <Same />}</Td>
              <Td>{each.closesAt ? <ClassTime at={each.closesAt} zone={zone} /> : <Same />}</Td>
              <Td right>{each.attemptLimit ?? <Same />}</Td>
              <Td className="max-sm:col-span-2">
                <span className="block max-w-64 text-ink-soft break-words">{each.reason}</span>
              </Td>
              {mayChange && (
                <Td right>
                  <IconButton
                    size="small" label={t('remove', { name: each.name })} icon={<X aria-hidden />} pending={removing === each.id}
                    onClick={() => void remove(each.id)}
                  />
                </Td>
              )}
            </Tr>
          ))}
        </Rows>
      </Table>
    </>
  )
}

/** What the exception leaves as it is for everybody. */
function Same() {
  const t = useTranslations('sets.exceptions')
  return (
    <span className="text-ink-faint">
      <span aria-hidden>–</span>
      <span className="sr-only">{t('same')}</span>
    </span>
  )
}
