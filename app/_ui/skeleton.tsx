import { cx } from './cx'

/** Holds the place of something that loads. Give it the size of what will come. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cx('animate-pulse rounded-md bg-line/60', className)} />
}
