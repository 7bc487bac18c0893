import { Plus, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { SetBody } from '@/lib/contract/problem-set'
import { termsOfView } from '../../../../_sets/credit'
import { CreditChart } from '../../../../_sets/credit-chart'
import { Alert } from '../../../../_ui/alert'
import { Button } from '../../../../_ui/button'
import { Field, Input } from '../../../../_ui/field'
import { IconButton } from '../../../../_ui/icon-button'
import { Select } from '../../../../_ui/select'
import type { FormStep, SetForm } from './form'
import { FormSection, type PartProps } from './form-section'

const KINDS = ['none', 'per-day', 'grace-days', 'timeline'] as const

/** What late work is worth, with the credit over time drawn from what stands in the fields. */
export function LateFields({ form, onChange, issueText, zone, graceDays, body }: PartProps & {
  zone: string
  graceDays: number
  /** The set as it stands in the fields, when it is right. */
  body: SetBody | null
}) {
  const t = useTranslations('sets.editor.late')
  const number = (name: 'percent' | 'floor' | 'most', path: string) => (
    <Field label={t(name)} error={issueText(path)} className="w-40">
      {(control) => (
        <Input
          {...control} inputMode="numeric" value={form[name]}
          onChange={(event) => onChange({ [name]: event.target.value })}
        />
      )}
    </Field>
  )
  return (
    <FormSection title={t('title')}>
      <Field label={t('kind')} help={t(`about.${form.late}`)}>
        {(control) => (
          <Select
            {...control} value={form.late} className="max-w-sm"
            onChange={(value) => {
              const late = KINDS.find((kind) => kind === value) ?? 'none'
              onChange({ late, steps: late === 'timeline' && form.steps.length === 0 ? firstSteps(form) : form.steps })
            }}
          >
            {KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {t(`kinds.${kind}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {form.late === 'per-day' && (
        <div className="flex flex-wrap gap-4">
          {number('percent', 'latePolicy.percent')}
          {number('floor', 'latePolicy.floor')}
        </div>
      )}
      {form.late === 'grace-days' && (
        <>
          {number('most', 'latePolicy.most')}
          {graceDays === 0
            ? <Alert tone="warn">{t('noBudget')}</Alert>
            : <p className="text-ui text-ink-soft">{t('budget', { days: graceDays })}</p>}
        </>
      )}
      {form.late === 'timeline' && <Steps form={form} onChange={onChange} issueText={issueText} />}
      {body && <CreditChart terms={termsOfView({ ...body, exempt: false }, zone)} zone={zone} />}
    </FormSection>
  )
}

function Steps({ form, onChange, issueText }: PartProps) {
  const t = useTranslations('sets.editor.late')
  const put = (step: FormStep) => onChange({ steps: form.steps.map((each) => (each.key === step.key ? step : each)) })
  const wrong = issueText('latePolicy.steps')
  return (
    <div className="flex flex-col gap-3">
      {form.steps.map((step, index) => (
        <div key={step.key} className="flex flex-wrap items-end gap-3">
          <Field label={t('stepPercent')} error={issueText(`latePolicy.steps.${index}.percent`)} className="w-28">
            {(control) => (
              <Input
                {...control} inputMode="numeric" value={step.percent}
                onChange={(event) => put({ ...step, percent: event.target.value })}
              />
            )}
          </Field>
          <Field
            label={t('stepUntil')} error={issueText(`latePolicy.steps.${index}.until`)}
            className="min-w-0 flex-1 sm:max-w-64"
          >
            {(control) => (
              <Input
                {...control} type="datetime-local" value={step.until}
                onChange={(event) => put({ ...step, until: event.target.value })}
              />
            )}
          </Field>
          <IconButton
            label={t('removeStep')} icon={<X aria-hidden />}
            onClick={() => onChange({ steps: form.steps.filter(({ key }) => key !== step.key) })}
          />
        </div>
      ))}
      {wrong && <p className="text-small font-medium text-bad">{wrong}</p>}
      <Button size="small" className="self-start" onClick={() => onChange({ steps: [...form.steps, nextStep(form)] })}>
        <Plus aria-hidden />
        {t('addStep')}
      </Button>
    </div>
  )
}

function firstSteps(form: SetForm): FormStep[] {
  const full = { key: 0, until: form.dueAt, percent: '100' }
  return form.closesAt > form.dueAt ? [full, { key: 1, until: form.closesAt, percent: '50' }] : [full]
}

function nextStep({ steps, closesAt }: SetForm): FormStep {
  const key = Math.max(-1, ...steps.map((step) => step.key)) + 1
  const last = Number(steps.at(-1)?.percent ?? 120)
  return { key, until: closesAt, percent: String(Math.max(0, (Number.isFinite(last) ? last : 100) - 20)) }
}
