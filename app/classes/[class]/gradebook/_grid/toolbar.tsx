'use client'

import { RotateCcw, Search } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Button } from '../../../../_ui/button'
import { Input } from '../../../../_ui/field'
import { Select } from '../../../../_ui/select'
import { FIRST_VIEW, type GridView, PICKS } from './model'

/** What students and sets are shown. */
export function Toolbar({ view, sections, sets, shown, total, onChange, action }: {
  view: GridView
  sections: readonly string[]
  sets: readonly { id: string; title: string }[]
  /** Students that are shown, of all. */
  shown: number
  total: number
  onChange: (view: GridView) => void
  action?: ReactNode
}) {
  const t = useTranslations('gradebook.filter')
  const set = (part: Partial<GridView>) => onChange({ ...view, ...part })
  const filtered = view.text !== '' || view.section !== '' || view.pick !== '' || view.set !== ''
  return (
    <div role="search" aria-label={t('label')} className="flex flex-wrap items-center gap-2">
      <span className="relative min-w-0 grow basis-48 sm:max-w-64">
        <Search aria-hidden className="pointer-events-none absolute top-3 left-3 size-4 text-ink-soft" />
        <Input
          type="search"
          aria-label={t('text')}
          placeholder={t('text')}
          value={view.text}
          onChange={(event) => set({ text: event.target.value })}
          className="pl-9 text-ui"
        />
      </span>
      {sections.length > 0 && (
        <Select label={t('section')} value={view.section} onChange={(section) => set({ section })} className="max-w-44">
          <option value="">{t('anySection')}</option>
          {sections.map((section) => (
            <option key={section}>{section}</option>
          ))}
        </Select>
      )}
      <Select
        label={t('state')} value={view.pick} className="max-w-52"
        onChange={(value) => set({ pick: PICKS.find((pick) => pick === value) ?? '' })}
      >
        <option value="">{t('anyState')}</option>
        {PICKS.map((pick) => (
          <option key={pick} value={pick}>
            {t(`pick.${pick}`)}
          </option>
        ))}
      </Select>
      {sets.length > 1 && (
        <Select label={t('set')} value={view.set} onChange={(id) => set({ set: id })} className="max-w-56">
          <option value="">{t('anySet')}</option>
          {sets.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </Select>
      )}
      {filtered && (
        <Button tone="quiet" onClick={() => onChange({ ...FIRST_VIEW, sort: view.sort, descending: view.descending })}>
          <RotateCcw aria-hidden />
          {t('reset')}
        </Button>
      )}
      <p role="status" className="ml-auto text-small whitespace-nowrap text-ink-soft figures">
        {shown === total ? t('all', { total }) : t('some', { shown, total })}
      </p>
      {action}
    </div>
  )
}
