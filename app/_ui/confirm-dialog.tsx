'use client'

import type { ReactElement, ReactNode } from 'react'
import { Alert } from './alert'
import { Button } from './button'
import { Dialog, DialogClose } from './dialog'

/**
 * Asks before something is done. Give `open` and `onOpenChange`, or only a `trigger`.
 * @param problem why it could not be done, in words
 * @param children what should be known before
 */
export function ConfirmDialog({
  trigger, open, onOpenChange, title, description, problem, problemTone = 'bad', tone = 'danger', cancelLabel, confirmLabel,
  pending, onConfirm, children,
}: {
  trigger?: ReactElement
  open?: boolean
  onOpenChange?: (open: boolean) => void
  title: string
  description?: string
  problem?: string | null
  problemTone?: 'bad' | 'warn'
  tone?: 'danger' | 'primary'
  cancelLabel: string
  confirmLabel: string
  pending: boolean
  onConfirm: () => void
  children?: ReactNode
}) {
  return (
    <Dialog
      trigger={trigger}
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      description={description}
      footer={
        <>
          <DialogClose asChild>
            <Button>{cancelLabel}</Button>
          </DialogClose>
          <Button tone={tone} pending={pending} onClick={onConfirm}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      {children}
      {problem && (
        <Alert tone={problemTone} live="assertive">
          {problem}
        </Alert>
      )}
    </Dialog>
  )
}
