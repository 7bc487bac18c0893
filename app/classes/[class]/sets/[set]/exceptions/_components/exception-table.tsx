'use client'

import { CalendarClock, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import type { ExceptionView } from '@/lib/contract/set-exception'
import { ClassTime } from '../../../../../../_ui/class-time'
import { type ApiProblem, sendJson } from '../../../../../../_session/api'
import { useProblemText } from '../../../../../../_session/use-problem-text'
import { Alert } from '../../../../../../_ui/alert'
import { Badge } from '../../../../../../_ui/badge'
import { cx } from '../../../../../../_ui/cx'
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
                  {each.overtaken && (
                    <span title={t('overtakenText')}>
                      <Badge tone="warn">{t('overtaken')}</Badge>
                    </span>
                  )}
                </span>
              </Td>
              <Granted label={t('due')}>{each.dueAt && <ClassTime at={each.dueAt} zone={zone} />}</Granted>
              <Granted label={t('closes')}>{each.closesAt && <ClassTime at={each.closesAt} zone={zone} />}</Granted>
              <Granted right label={t('attempts')}>{each.attemptLimit}</Granted>
              <Td className={cx('max-sm:col-span-2', each.reason === '' && 'max-sm:hidden')}>
                <span className="block text-ink-soft break-words sm:w-48">{each.reason}</span>
              </Td>
              {mayChange && (
                <Td right className="max-sm:col-span-2">
                  <IconButton
                    size="small" label={t('remove', { name: each.name })} icon={<X aria-hidden />}
                    pending={removing === each.id} onClick={() => void remove(each.id)}
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

/** One thing that is granted, with its name on phones, where the table has no head. */
function Granted({ label, right, children }: { label: string; right?: boolean; children: ReactNode }) {
  return (
    <Td right={right} className={cx('max-sm:col-span-2 max-sm:text-left', children === null && 'max-sm:hidden')}>
      <span className="text-ink-soft sm:hidden">{label} </span>
      {children ?? <Same />}
    </Td>
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
