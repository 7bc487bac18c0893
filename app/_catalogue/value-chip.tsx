import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from '../_ui/cx'

/** The box itself is not seen, but lies over the whole chip: there it is for those who explore by touch. */
const OVER_ALL = 'absolute inset-0 cursor-pointer appearance-none opacity-0'

/** One value of a filter as a check box, with the number of exercises that it would show. */
export function ValueChip({ name, value, label, sign, count, checked, onToggle }: {
  name: string
  value: string
  label: string
  /** A small sign before the label, in whose place stands a tick once it is chosen. */
  sign: ReactNode
  count: number
  checked: boolean
  onToggle: () => void
}) {
  return (
    <label
      className={cx(
        'relative inline-flex h-9 cursor-pointer items-center gap-1.5 rounded-full border px-3 text-ui select-none',
        'has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent',
        checked ? 'border-accent bg-accent-soft text-accent' : 'border-line-strong text-ink hover:bg-sunken',
      )}
    >
      <input type="checkbox" name={name} value={value} checked={checked} onChange={onToggle} className={OVER_ALL} />
      <span aria-hidden className="grid size-4 place-items-center">
        {checked ? <Check className="size-4" /> : sign}
      </span>
      {label}
      <span className={cx('min-w-[2ch] text-right text-small figures', checked ? 'text-accent' : 'text-ink-faint')}>
        {count}
      </span>
    </label>
  )
}
