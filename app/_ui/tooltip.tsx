'use client'

import { Tooltip as Primitive } from 'radix-ui'
import type { ReactElement } from 'react'

export const TooltipProvider = Primitive.Provider

/** Words for a control that has only an icon. Never the only place of something a reader must know. */
export function Tooltip({ text, side = 'bottom', children }: {
  text: string
  side?: 'top' | 'right' | 'bottom' | 'left'
  children: ReactElement
}) {
  return (
    <Primitive.Root>
      <Primitive.Trigger asChild>{children}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 max-w-64 animate-rise rounded-md bg-ink px-2.5 py-1.5 text-small text-paper shadow-floating"
        >
          {text}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
