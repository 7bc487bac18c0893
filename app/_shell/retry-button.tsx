'use client'

import { RotateCw } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type ReactNode, useTransition } from 'react'
import { Button, type ButtonTone } from '../_ui/button'

/** Asks the server for the page again. `before` clears what an error boundary holds. */
export function RetryButton({ before, tone = 'primary', children }: {
  before?: () => void
  tone?: ButtonTone
  children: ReactNode
}) {
  const router = useRouter()
  const [pending, startTransition] = useTransition()
  return (
    <Button
      tone={tone}
      pending={pending}
      onClick={() =>
        startTransition(() => {
          router.refresh()
          before?.()
        })
      }
    >
      <RotateCw aria-hidden />
      {children}
    </Button>
  )
}
