import { LoaderCircle } from 'lucide-react'
import Link from 'next/link'
import type { ComponentProps } from 'react'
import { cx } from './cx'
import { LinkHint } from './link-hint'

export type ButtonTone = 'primary' | 'secondary' | 'quiet' | 'danger'
export type ButtonSize = 'small' | 'medium' | 'large'

const BASE =
  'relative inline-flex select-none items-center justify-center rounded-md border font-medium whitespace-nowrap ' +
  'transition-colors disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed ' +
  'aria-disabled:opacity-55'

const TONES: Record<ButtonTone, string> = {
  primary: 'border-transparent bg-accent text-on-accent enabled:hover:bg-accent-strong [a&]:hover:bg-accent-strong',
  secondary: 'border-line-strong bg-surface text-ink enabled:hover:bg-sunken [a&]:hover:bg-sunken',
  quiet: 'border-transparent text-ink-soft enabled:hover:bg-sunken enabled:hover:text-ink [a&]:hover:bg-sunken',
  danger: 'border-bad bg-surface text-bad enabled:hover:bg-bad-soft [a&]:hover:bg-bad-soft',
}

const SIZES: Record<ButtonSize, string> = {
  small: 'h-8 gap-1.5 text-ui [&_svg]:size-4',
  medium: 'h-9 gap-2 text-ui [&_svg]:size-4.5',
  large: 'h-11 gap-2 text-body [&_svg]:size-5',
}
const WIDTHS: Record<ButtonSize, string> = { small: 'px-2.5', medium: 'px-3.5', large: 'px-5' }
const SQUARES: Record<ButtonSize, string> = { small: 'w-8', medium: 'w-9', large: 'w-11' }

interface Look {
  tone?: ButtonTone
  size?: ButtonSize
  /** As wide as high, for an icon without words. */
  square?: boolean
}

/** The look of a button, for elements that are none (a trigger of Radix with `asChild`, for example). */
export function buttonClass({ tone = 'secondary', size = 'medium', square }: Look = {}, more?: string): string {
  return cx(BASE, TONES[tone], SIZES[size], square ? SQUARES[size] : WIDTHS[size], more)
}

/**
 * A button; `type` is "button" unless said otherwise. While `pending` it keeps its width, shows a spinner and
 * ignores presses, but stays focusable.
 */
export function Button({
  tone,
  size,
  square,
  pending = false,
  className,
  children,
  onClick,
  type = 'button',
  ...rest
}: ComponentProps<'button'> & Look & { pending?: boolean }) {
  return (
    <button
      {...rest}
      type={pending ? 'button' : type}
      aria-disabled={pending || rest['aria-disabled']}
      aria-busy={pending || undefined}
      onClick={pending ? undefined : onClick}
      className={buttonClass({ tone, size, square }, className)}
    >
      <span className={cx('inline-flex items-center gap-[inherit]', pending && 'invisible')}>{children}</span>
      {pending && <LoaderCircle aria-hidden className="absolute animate-spin" />}
    </button>
  )
}

/** A link that looks like a button: it goes somewhere, it does nothing. */
export function LinkButton({ tone, size, square, className, children, ...rest }: ComponentProps<typeof Link> & Look) {
  return (
    <Link {...rest} className={buttonClass({ tone, size, square }, className)}>
      {children}
      <LinkHint />
    </Link>
  )
}
