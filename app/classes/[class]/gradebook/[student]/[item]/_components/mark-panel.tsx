'use client'

import { PenLine } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { useState } from 'react'
import type { CellView, OverrideView } from '@/lib/contract/marking'
import { ClassTime } from '../../../../../../_ui/class-time'
import { formatMark } from '../../../../../../_marking/format-mark'
import { useRequest } from '../../../../../../_marking/use-request'
import { sendJson } from '../../../../../../_session/api'
import { useProblemText } from '../../../../../../_session/use-problem-text'
import { Alert } from '../../../../../../_ui/alert'
import { Badge } from '../../../../../../_ui/badge'
import { Button } from '../../../../../../_ui/button'
import { type Change, OverrideForm } from './override-form'

/** The mark that stands, how it came about, and for instructors the way to change it. */
export function MarkPanel({ cell }: { cell: CellView }) {
  const t = useTranslations('gradebook.override')
  const problemText = useProblemText()
  const locale = useLocale()
  const request = useRequest()
  const [change, setChange] = useState<Change | null>(null)
  const { mark, computed, overridden, overrides, item, student, may } = cell
  const max = item.points * 100
  const [latest, before] = overrides
  const path = `/api/classes/${cell.class.id}/overrides`

  function send(kind: Change, given: number | null, reason: string) {
    void request.run(
      () => kind === 'undo'
        ? sendJson('POST', `${path}/${latest?.id}/undo`, { reason })
        : sendJson('POST', path, {
          student: student.id, item: item.id, mark: given, reason, after: latest?.id ?? null,
        }),
      () => setChange(null),
    )
  }
  const explanations: Record<Change, string | undefined> = {
    give: undefined,
    drop: t('dropText'),
    undo: before?.mark == null ? t('undoToComputed') : t('undoTo', { mark: formatMark(before.mark, locale) }),
  }
  const open = (kind: Change) => {
    request.clear()
    setChange(kind)
  }

  return (
    <div className="flex flex-col gap-4 rounded-lg border border-line bg-surface p-5">
      <div>
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="text-display font-[640] figures">
            {formatMark(mark, locale)}
            <span className="text-title font-normal text-ink-soft"> / {formatMark(max, locale)}</span>
          </span>
          {overridden && (
            <Badge>
              <PenLine aria-hidden />
              {t('given')}
            </Badge>
          )}
        </p>
        {overridden && (
          <p className="mt-1 text-ui text-ink-soft figures">{t('computed', { mark: formatMark(computed, locale) })}</p>
        )}
      </div>
      {request.problem && (
        <Alert tone="bad" live="assertive">
          {request.problem.code === 'conflict' ? t('changed') : problemText(request.problem)}
        </Alert>
      )}
      {may.override && (change ? (
        <OverrideForm
          key={change} change={change} max={max} explanation={explanations[change]} request={request}
          onSend={(given, reason) => send(change, given, reason)} onCancel={() => setChange(null)}
        />
      ) : (
        <div className="flex flex-wrap gap-2">
          <Button size="small" onClick={() => open('give')}>
            {overridden ? t('again') : t('give')}
          </Button>
          {overridden && (
            <Button size="small" tone="quiet" onClick={() => open('drop')}>
              {t('drop')}
            </Button>
          )}
          {latest && (
            <Button size="small" tone="quiet" onClick={() => open('undo')}>
              {t('undo')}
            </Button>
          )}
        </div>
      ))}
      {overrides.length > 0 && <History overrides={overrides} zone={cell.class.timeZone} />}
    </div>
  )
}

function History({ overrides, zone }: { overrides: OverrideView[]; zone: string }) {
  const t = useTranslations('gradebook.override')
  const locale = useLocale()
  return (
    <section aria-label={t('history')} className="border-t border-line pt-3">
      <h3 className="mb-2 text-small font-medium text-ink-soft">{t('history')}</h3>
      <ol className="flex flex-col gap-2.5 text-ui">
        {overrides.map(({ id, mark, reason, givenBy, givenAt }) => (
          <li key={id}>
            <p className="flex flex-wrap items-baseline gap-x-2">
              <span className="font-medium figures">
                {mark === null ? t('back') : t('set', { mark: formatMark(mark, locale) })}
              </span>
              <span className="text-small text-ink-soft">
                {givenBy?.name ?? t('gone')} · <ClassTime at={givenAt} zone={zone} />
              </span>
            </p>
            <p className="text-small text-ink-soft wrap-anywhere">{reason}</p>
          </li>
        ))}
      </ol>
    </section>
  )
}
