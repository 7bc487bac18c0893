import { useTranslations } from 'next-intl'
import { Field, Input } from '../../../../_ui/field'
import { FormSection, type PartProps } from './form-section'

/** When the set opens, is due and closes, by the clocks of the class. */
export function DateFields({ form, onChange, issueText, zone }: PartProps & { zone: string }) {
  const t = useTranslations('sets')
  return (
    <FormSection title={t('editor.dates')} help={t('editor.zone', { zone })}>
      <div className="grid gap-4 sm:grid-cols-3">
        {(['opensAt', 'dueAt', 'closesAt'] as const).map((name) => (
          <Field key={name} label={t(`dates.${name}`)} error={issueText(name)}>
            {(control) => (
              <Input
                {...control} type="datetime-local" value={form[name]}
                onChange={(event) => {
                  const moved = { [name]: event.target.value }
                  // As long as nothing is accepted late, the set closes when it is due.
                  const isBoth = name === 'dueAt' && form.closesAt === form.dueAt
                  const closes = isBoth ? { closesAt: event.target.value } : {}
                  onChange({ ...moved, ...closes })
                }}
              />
            )}
          </Field>
        ))}
      </div>
    </FormSection>
  )
}
