'use client'

import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { EXCEPTION_RULES } from '@/lib/contract/set-exception'
import { type ApiProblem, sendJson } from '../../../../../../_session/api'
import { useProblemText } from '../../../../../../_session/use-problem-text'
import { Alert } from '../../../../../../_ui/alert'
import { Button } from '../../../../../../_ui/button'
import { Field, Input } from '../../../../../../_ui/field'
import { bodyOf, EMPTY, findHeld, type FormBase, formFor, isEmpty } from './form'
import { WhoField } from './who-field'

const RULES = [...EXCEPTION_RULES, 'nothing-granted'] as const

/** Grants an extension or an exemption to one student or a section, beginning with what they have now. */
export function ExceptionForm({ path, base }: { path: string; base: FormBase }) {
  const t = useTranslations('sets.exceptions')
  const problemText = useProblemText()
  const router = useRouter()
  const [form, setForm] = useState(EMPTY)
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const change = (parts: Partial<typeof EMPTY>) => setForm((before) => ({ ...before, ...parts }))
  const held = findHeld(base, form.who)

  function choose(who: string) {
    setForm(formFor(base, who))
    setProblem(null)
  }

  async function grant(event: FormEvent) {
    event.preventDefault()
    setPending(true)
    const answer = await sendJson('PUT', path, bodyOf(form, base))
    setPending(false)
    setProblem(answer.ok ? null : answer.problem)
    if (!answer.ok) return
    setForm(EMPTY)
    router.refresh()
  }

  function textOf(failed: ApiProblem): string {
    const rule = RULES.find((each) => failed.issues.some((issue) => issue.rule === each))
    return rule ? t(`wrong.${rule}`) : problemText(failed)
  }

  return (
    <form method="post" onSubmit={(event) => void grant(event)} className="flex flex-col gap-4">
      <h3 className="text-body font-semibold">{t('grant')}</h3>
      <p className="text-small text-ink-soft">{t('grantHelp', { zone: base.zone })}</p>
      {problem && <Alert tone="warn" live="assertive">{textOf(problem)}</Alert>}
      <WhoField targets={base.targets} value={form.who} onChange={choose} />
      {held && (
        <Alert live="polite">
          {held.for.kind === 'section' && !form.who.startsWith('section')
            ? t('replacesSection', { section: held.name }) : t('replacesOwn', { name: held.name })}
        </Alert>
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('due')}>
          {(control) => (
            <Input
              {...control} type="datetime-local" value={form.due}
              onChange={(event) => change({ due: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('closes')}>
          {(control) => (
            <Input
              {...control} type="datetime-local" value={form.closes}
              onChange={(event) => change({ closes: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('attempts')}>
          {(control) => (
            <Input
              {...control} inputMode="numeric" pattern="[0-9]*" value={form.attempts}
              onChange={(event) => change({ attempts: event.target.value })}
            />
          )}
        </Field>
        <label className="flex items-center gap-2 self-end pb-2 text-ui font-medium">
          <input
            type="checkbox" checked={form.exempt} onChange={(event) => change({ exempt: event.target.checked })}
            className="size-4 accent-accent"
          />
          {t('exemptLong')}
        </label>
      </div>
      <Field label={t('reason')} help={t('reasonHelp')}>
        {(control) => (
          <Input
            {...control} maxLength={500} value={form.reason}
            onChange={(event) => change({ reason: event.target.value })}
          />
        )}
      </Field>
      <Button
        type="submit" tone="primary" className="self-start" pending={pending}
        disabled={form.who === '' || isEmpty(form)}
      >
        {t('grant')}
      </Button>
    </form>
  )
}
