'use client'

import { Check, Copy } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { buttonClass } from '../button'

const SHOWN_MS = 2000

/** Copies the text of the code block it stands in. */
export function CopyButton() {
  const t = useTranslations('common.code')
  const [copied, setCopied] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  async function copy(button: HTMLButtonElement) {
    const text = button.closest('[data-code]')?.querySelector('pre')?.textContent ?? ''
    await navigator.clipboard.writeText(text)
    setCopied(true)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setCopied(false), SHOWN_MS)
  }

  return (
    <button
      type="button"
      onClick={(event) => void copy(event.currentTarget)}
      className={buttonClass(
        { tone: 'quiet', size: 'small' },
        'absolute! top-1 right-1 bg-sunken opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 ' +
          'focus-visible:opacity-100 [@media(hover:none)]:opacity-100',
      )}
    >
      {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
      <span aria-live="polite">{copied ? t('copied') : t('copy')}</span>
    </button>
  )
}
