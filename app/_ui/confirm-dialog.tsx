'use client'

import type { ReactElement } from 'react'
import { Alert } from './alert'
import { Button } from './button'
import { Dialog, DialogClose } from './dialog'

/**
 * Asks before something is done. Give `open` and `onOpenChange`, or only a `trigger`.
 * @param problem why it could not be done, in words
 */
export function ConfirmDialog({
  trigger, open, onOpenChange, title, description, problem, problemTone = 'bad', tone = 'danger', cancelLabel, confirmLabel,
  pending, onConfirm,
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
      {problem && (
        <Alert tone={problemTone} live="assertive">
          {problem}
        </Alert>
      )}
    </Dialog>
  )
}
