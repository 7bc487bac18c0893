'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { SubmissionEvent } from '@/lib/contract/submission'

/** Browsers come back by themselves after a broken line, but not after an answer that was an error. */
const COME_BACK_MS = 5_000

/** Renders the page anew whenever the submission moves on, until its verdict is there. */
export function LiveRefresh({ id }: { id: string }) {
  const router = useRouter()
  const [attempt, setAttempt] = useState(0)
  useEffect(() => {
    const events = new EventSource(`/api/submissions/${id}/events`)
    let timer: ReturnType<typeof setTimeout> | undefined
    events.onmessage = (message: MessageEvent<string>) => {
      const event = SubmissionEvent.safeParse(parseJson(message.data))
      if (!event.success) return
      if (event.data.state === 'done') events.close()
      router.refresh()
    }
    events.onerror = () => {
      if (events.readyState !== EventSource.CLOSED) return
      timer = setTimeout(() => setAttempt((count) => count + 1), COME_BACK_MS)
    }
    return () => {
      clearTimeout(timer)
      events.close()
    }
  }, [id, router, attempt])
  return null
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
