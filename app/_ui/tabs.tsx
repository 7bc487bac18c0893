'use client'

import { Tabs as Primitive } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cx } from './cx'

/** Tabs: arrow keys move, Home and End jump. Lists scroll sideways where they do not fit. */
export const Tabs = Primitive.Root

export function TabList({ className, ...rest }: ComponentProps<typeof Primitive.List>) {
  return (
    <Primitive.List
      {...rest}
      className={cx(
        'flex gap-1 overflow-x-auto overflow-y-hidden border-b border-line [scrollbar-width:none]',
        className,
      )}
    />
  )
}

export function Tab({ className, ...rest }: ComponentProps<typeof Primitive.Trigger>) {
  return (
    <Primitive.Trigger
      {...rest}
      className={cx(
        'relative inline-flex h-10 items-center gap-1.5 px-3 text-ui font-medium whitespace-nowrap text-ink-soft',
        'outline-offset-[-2px] transition-colors hover:text-ink data-[state=active]:text-ink',
        'after:absolute after:inset-x-2 after:bottom-0 after:h-0.5 after:rounded-full',
        'data-[state=active]:after:bg-accent [&_svg]:size-4',
        className,
      )}
    />
  )
}

export const TabPanel = Primitive.Content
