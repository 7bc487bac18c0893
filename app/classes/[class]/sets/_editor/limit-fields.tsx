import { useTranslations } from 'next-intl'
import { REVEALS } from '@/lib/contract/problem-set'
import { Field, Input } from '../../../../_ui/field'
import { Select } from '../../../../_ui/select'
import { FormSection, type PartProps } from './form-section'

/** How often students may submit, and what they are told. */
export function LimitFields({ form, onChange, issueText }: PartProps) {
  const t = useTranslations('sets.editor.limits')
  return (
    <FormSection title={t('title')}>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('attempts')} help={t('attemptsHelp')} error={issueText('attemptLimit')}>
          {(control) => (
            <Input
              {...control} inputMode="numeric" placeholder={t('attemptsAny')} value={form.attemptLimit}
              onChange={(event) => onChange({ attemptLimit: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('coolDown')} help={t('coolDownHelp')} error={issueText('coolDownSeconds')}>
          {(control) => (
            <Input
              {...control} inputMode="numeric" value={form.coolDownMinutes}
              onChange={(event) => onChange({ coolDownMinutes: event.target.value })}
            />
          )}
        </Field>
      </div>
      <Field label={t('reveal')} help={t('revealHelp')}>
        {(control) => (
          <Select
            {...control} value={form.reveal} className="max-w-sm"
            onChange={(value) => onChange({ reveal: REVEALS.find((each) => each === value) ?? 'now' })}
          >
            {REVEALS.map((each) => (
              <option key={each} value={each}>
                {t(`reveals.${each}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </FormSection>
  )
}
