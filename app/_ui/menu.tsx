'use client'

import { Check } from 'lucide-react'
import Link from 'next/link'
import { DropdownMenu as Primitive } from 'radix-ui'
import type { ComponentProps, ReactElement, ReactNode } from 'react'
import { LinkHint } from './link-hint'

const ITEM =
  'flex min-h-9 cursor-pointer select-none items-center gap-2.5 rounded-sm px-2.5 py-1.5 text-ui text-ink ' +
  'outline-none data-disabled:cursor-not-allowed data-disabled:opacity-50 data-highlighted:bg-sunken [&_svg]:size-4 ' +
  '[&_svg]:text-ink-soft'

/** A button's menu: `trigger` is the button, the children are items. */
export function Menu({ trigger, align = 'end', children }: {
  trigger: ReactElement
  align?: 'start' | 'center' | 'end'
  children: ReactNode
}) {
  return (
    <Primitive.Root modal={false}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className={
            'z-50 max-h-[min(30rem,var(--radix-dropdown-menu-content-available-height))] min-w-48 animate-rise ' +
            'overflow-y-auto rounded-md border border-line bg-surface p-1 shadow-floating'
          }
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}

export function MenuItem(props: Omit<ComponentProps<typeof Primitive.Item>, 'className'>) {
  return <Primitive.Item {...props} className={ITEM} />
}

export function MenuLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Primitive.Item asChild className={ITEM}>
      <Link href={href}>
        {children}
        <LinkHint />
      </Link>
    </Primitive.Item>
  )
}

/** Saves what an address answers as a file; the page stays. */
export function MenuFile({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Primitive.Item asChild className={ITEM}>
      <a href={href} download>
        {children}
      </a>
    </Primitive.Item>
  )
}

/** One choice out of several; the items are MenuChoice. */
export const MenuChoices = Primitive.RadioGroup

export function MenuChoice({ children, ...rest }: Omit<ComponentProps<typeof Primitive.RadioItem>, 'className'>) {
  return (
    <Primitive.RadioItem {...rest} className={ITEM}>
      {children}
      <Primitive.ItemIndicator className="ml-auto pl-3">
        <Check aria-hidden />
      </Primitive.ItemIndicator>
    </Primitive.RadioItem>
  )
}

/** One of several things that can be chosen together; the menu stays open. */
export function MenuCheck({ children, ...rest }: Omit<ComponentProps<typeof Primitive.CheckboxItem>, 'className'>) {
  return (
    <Primitive.CheckboxItem onSelect={(event) => event.preventDefault()} {...rest} className={ITEM}>
      <span aria-hidden className="grid size-4 shrink-0 place-items-center rounded-sm border border-line-strong">
        <Primitive.ItemIndicator>
          <Check className="size-3.5! text-accent!" />
        </Primitive.ItemIndicator>
      </span>
      {children}
    </Primitive.CheckboxItem>
  )
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Primitive.Label className="px-2.5 py-1.5 text-small text-ink-soft">{children}</Primitive.Label>
}

export function MenuSeparator() {
  return <Primitive.Separator className="-mx-1 my-1 h-px bg-line" />
}
