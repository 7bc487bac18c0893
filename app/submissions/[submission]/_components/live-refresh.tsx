'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { SubmissionEvent } from '@/lib/contract/submission'

/** Renders the page anew whenever the submission moves on, until its verdict is there. */
export function LiveRefresh({ id }: { id: string }) {
  const router = useRouter()
  useEffect(() => {
    const events = new EventSource(`/api/submissions/${id}/events`)
    events.onmessage = (message: MessageEvent<string>) => {
      const event = SubmissionEvent.safeParse(parseJson(message.data))
      if (!event.success) return
      if (event.data.state === 'done') events.close()
      router.refresh()
    }
    return () => events.close()
  }, [id, router])
  return null
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
