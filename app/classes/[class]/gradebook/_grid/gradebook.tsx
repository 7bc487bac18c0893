'use client'

import { SearchX } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { type ReactNode, useMemo, useState } from 'react'
import { LANGUAGE_TAGS } from '../../../../_i18n/locale'
import { Button } from '../../../../_ui/button'
import { EmptyState } from '../../../../_ui/empty-state'
import { queryOfView } from './address'
import { arrange } from './arrange'
import { Grid } from './grid'
import { Legend } from './legend'
import { FIRST_VIEW, type GridView } from './model'
import { unpack, type PackedGradebook } from './packed'
import { Toolbar } from './toolbar'

/** The gradebook with its filters. How it is looked at stands in the address, so that it can be kept and sent on. */
export function GradebookTable({ packed, first, path, action }: {
  packed: PackedGradebook
  first: GridView
  path: string
  /** Stands beside the filters. */
  action?: ReactNode
}) {
  const t = useTranslations('gradebook')
  const locale = useLocale()
  const [view, setView] = useState(first)
  const { columns, rows } = useMemo(() => unpack(packed), [packed])
  const collator = useMemo(() => new Intl.Collator(LANGUAGE_TAGS[locale], { numeric: true }), [locale])
  const arranged = useMemo(() => arrange(rows, columns, view, collator), [rows, columns, view, collator])
  const sections = useMemo(
    () => [...new Set(rows.flatMap(({ student }) => student.section ?? []))].sort(collator.compare), [rows, collator],
  )
  const sets = useMemo(() => [...new Map(columns.map(({ set }) => [set.id, set])).values()], [columns])

  function change(next: GridView): void {
    setView(next)
    window.history.replaceState(null, '', path + queryOfView(next))
  }
  /** Names and sections begin at A, marks with the best. The same again turns it round. */
  function sort(key: string): void {
    const descending = view.sort === key ? !view.descending : key !== 'name' && key !== 'section'
    change({ ...view, sort: key, descending })
  }

  return (
    <div className="flex flex-col gap-4">
      <Toolbar
        view={view} sections={sections} sets={sets} shown={arranged.rows.length} total={rows.length} onChange={change}
        action={action}
      />
      {arranged.rows.length === 0 ? (
        <EmptyState
          icon={<SearchX />} title={t('nobody.title')}
          action={<Button onClick={() => change(FIRST_VIEW)}>{t('filter.reset')}</Button>}
        >
          {t('nobody.text')}
        </EmptyState>
      ) : (
        <Grid
          arranged={arranged} columns={columns} hasSections={sections.length > 0} order={view} path={path} onSort={sort}
        />
      )}
      <Legend />
    </div>
  )
}
