'use client'

import { ChevronDown } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { cx } from '../_ui/cx'
import { Menu, MenuCheck } from '../_ui/menu'

/** Values of a filter that has many: a menu of check boxes, each with the number of exercises that it would show. */
export function ValueMenu({ label, values, chosen, counts, onToggle }: {
  label: string
  values: readonly { value: string; label: string }[]
  chosen: readonly string[]
  counts: ReadonlyMap<string, number>
  onToggle: (value: string) => void
}) {
  const t = useTranslations('catalogue.filters')
  const trigger = (
    <button
      type="button"
      className={cx(
        'inline-flex h-11 min-w-32 flex-1 items-center justify-between gap-2 rounded-md border bg-surface px-3.5 text-ui',
        'text-ink hover:bg-sunken sm:flex-none',
        chosen.length > 0 ? 'border-accent' : 'border-line-strong',
      )}
    >
      {label}
      {chosen.length > 0 && (
        <span className="rounded-full bg-accent-soft px-1.5 text-small font-medium text-accent figures">
          <span aria-hidden>{chosen.length}</span>
          <span className="sr-only">{t('chosen', { count: chosen.length })}</span>
        </span>
      )}
      <ChevronDown aria-hidden className="ml-auto size-4 text-ink-soft" />
    </button>
  )
  return (
    <Menu trigger={trigger}>
      {values.map(({ value, label: words }) => {
        const count = counts.get(value) ?? 0
        return (
          <MenuCheck
            key={value}
            textValue={words}
            checked={chosen.includes(value)}
            onCheckedChange={() => onToggle(value)}
          >
            <span className={cx('min-w-0 flex-1', count === 0 && 'text-ink-faint')}>{words}</span>
            <span className="pl-4 text-small text-ink-faint figures">{count}</span>
          </MenuCheck>
        )
      })}
    </Menu>
  )
}
