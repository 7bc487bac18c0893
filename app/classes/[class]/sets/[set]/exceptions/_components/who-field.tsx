import { useTranslations } from 'next-intl'
import type { ExceptionTargets } from '@/lib/contract/set-exception'
import { Field } from '../../../../../../_ui/field'
import { Select } from '../../../../../../_ui/select'

/** Chooses a section or a student: kind and id with a space between. */
export function WhoField({ targets, value, onChange }: {
  targets: ExceptionTargets
  value: string
  onChange: (who: string) => void
}) {
  const t = useTranslations('sets.exceptions')
  return (
    <Field label={t('who')}>
      {(control) => (
        <Select {...control} required value={value} onChange={onChange}>
          <option value="" disabled>{t('choose')}</option>
          {targets.sections.length > 0 && (
            <optgroup label={t('sections')}>
              {targets.sections.map(({ id, name }) => <option key={id} value={`section ${id}`}>{name}</option>)}
            </optgroup>
          )}
          <optgroup label={t('students')}>
            {targets.students.map(({ id, name, email }) => (
              <option key={id} value={`student ${id}`}>{`${name} (${email})`}</option>
            ))}
          </optgroup>
        </Select>
      )}
    </Field>
  )
}
