import { ChevronDown } from 'lucide-react'
import type { ComponentProps } from 'react'
import { cx } from './cx'

/** The browser's own list box, dressed. With `label` it names itself; inside a Field leave `label` out. */
export function Select({ label, className, onChange, children, ...rest }: Omit<ComponentProps<'select'>, 'onChange'> & {
  label?: string
  onChange?: (value: string) => void
}) {
  return (
    <span className={cx('relative inline-flex', className)}>
      <select
        aria-label={label}
        {...rest}
        onChange={onChange && ((event) => onChange(event.target.value))}
        className={
          'h-10 w-full appearance-none rounded-md border border-line-strong bg-surface pr-8 pl-3 text-ui text-ink ' +
          'hover:bg-sunken'
        }
      >
        {children}
      </select>
      <ChevronDown aria-hidden className="pointer-events-none absolute top-3 right-2.5 size-4 text-ink-soft" />
    </span>
  )
}
