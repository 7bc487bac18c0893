'use client'

import { useTranslations } from 'next-intl'
import type { SectionView } from '@/lib/contract/class'
import { Input } from '../../../../_ui/field'
import { Select } from '../../../../_ui/select'
import { type Filter, type State, STATES } from './entries'

/** States that are offered also while nobody is in them. */
const USUAL: ReadonlySet<State> = new Set(['present', 'student', 'staff', 'awaited', 'removed'])

/** Who of the class is shown: by a part of the name, by what they are, by section. */
export function PeopleFilter({ value, sections, counts, onChange }: {
  value: Filter
  sections: SectionView[]
  counts: Record<State, number>
  onChange: (value: Filter) => void
}) {
  const t = useTranslations('classes.people')
  return (
    <div role="search" className="flex flex-1 flex-wrap gap-2">
      <Input
        type="search"
        aria-label={t('search')}
        placeholder={t('search')}
        autoComplete="off"
        className="max-w-72 text-ui!"
        value={value.search}
        onChange={(event) => onChange({ ...value, search: event.target.value })}
      />
      <Select
        label={t('filterState')}
        value={value.state}
        onChange={(state) => onChange({ ...value, state: STATES.find((each) => each === state) ?? 'present' })}
      >
        {STATES.filter((state) => counts[state] > 0 || state === value.state || USUAL.has(state)).map((state) => (
          <option key={state} value={state}>
            {`${t(`states.${state}`)} (${counts[state]})`}
          </option>
        ))}
      </Select>
      {sections.length > 0 && (
        <Select
          label={t('filterSection')}
          value={value.section}
          onChange={(section) => onChange({ ...value, section })}
          className="max-w-56"
        >
          <option value="">{t('anySection')}</option>
          {sections.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
          <option value="none">{t('noSection')}</option>
        </Select>
      )}
    </div>
  )
}
