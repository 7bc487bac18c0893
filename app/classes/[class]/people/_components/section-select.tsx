'use client'

import { useTranslations } from 'next-intl'
import type { SectionView } from '@/lib/contract/class'
import type { FieldControl } from '../../../../_ui/field'
import { Select } from '../../../../_ui/select'

/** One of the sections, or none. */
export function SectionSelect({ control, sections, value, onChange }: {
  control: FieldControl
  sections: SectionView[]
  value: string | null
  onChange: (sectionId: string | null) => void
}) {
  const t = useTranslations('classes.people')
  return (
    <Select {...control} value={value ?? ''} onChange={(id) => onChange(id === '' ? null : id)}>
      <option value="">{t('noSection')}</option>
      {sections.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </Select>
  )
}
