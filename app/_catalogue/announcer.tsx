'use client'

import { useEffect, useRef, useState } from 'react'

const REST_MS = 500

/** Says a text to screen readers each time it has changed and stopped changing. */
export function Announcer({ text }: { text: string }) {
  const [said, setSaid] = useState('')
  const before = useRef(text)
  useEffect(() => {
    if (text === before.current) return
    const timer = setTimeout(() => {
      before.current = text
      setSaid(text)
    }, REST_MS)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <p role="status" className="sr-only">
      {said}
    </p>
  )
}
