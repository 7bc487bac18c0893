import { cx } from './cx'

/** A part of a whole, drawn. `label` is read aloud; show the numbers beside it where they matter. */
export function ProgressBar({ value, of, label, className }: {
  value: number
  of: number
  label: string
  className?: string
}) {
  const share = of > 0 ? Math.min(1, Math.max(0, value / of)) : 0
  return (
    <span
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={of}
      aria-valuenow={value}
      className={cx('block h-1.5 overflow-hidden rounded-full bg-line', className)}
    >
      <span className="block h-full rounded-full bg-good" style={{ width: `${share * 100}%` }} />
    </span>
  )
}
