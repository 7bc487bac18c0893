'use client'

import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Dialog as Primitive } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { buttonClass } from './button'

/** A dialog over the page. Give `open` and `onOpenChange`, or a `trigger` that opens it. */
export function Dialog({ trigger, open, onOpenChange, title, description, footer, children }: {
  trigger?: ReactElement
  open?: boolean
  onOpenChange?: (open: boolean) => void
  title: string
  description?: string
  footer?: ReactNode
  children?: ReactNode
}) {
  const t = useTranslations('common')
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      {trigger && <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>}
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 bg-[rgb(10_8_4/0.45)]" />
        <Primitive.Content
          aria-describedby={description ? undefined : ''}
          className={
            'fixed top-1/2 left-1/2 z-50 max-h-[85vh] w-[min(32rem,calc(100vw-2rem))] -translate-x-1/2 ' +
            '-translate-y-1/2 overflow-y-auto rounded-lg border border-line bg-surface p-6 shadow-floating'
          }
        >
          <Primitive.Title className="pr-8 text-title font-semibold">{title}</Primitive.Title>
          {description && (
            <Primitive.Description className="mt-1 text-ui text-ink-soft">{description}</Primitive.Description>
          )}
          {children && <div className="mt-4">{children}</div>}
          {footer && <div className="mt-6 flex flex-wrap justify-end gap-2">{footer}</div>}
          <Primitive.Close
            aria-label={t('close')}
            className={buttonClass({ tone: 'quiet', size: 'small', square: true }, 'absolute! top-4 right-4')}
          >
            <X aria-hidden />
          </Primitive.Close>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}

export const DialogClose = Primitive.Close
