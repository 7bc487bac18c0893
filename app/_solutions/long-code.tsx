'use client'

import { ChevronDown, ChevronUp } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useId, useState } from 'react'
import { Button } from '../_ui/button'
import { cx } from '../_ui/cx'

/** Lines after which code is cut off until the reader asks for all; some more are shown at once. */
const SHOWN = 40
const SOME_MORE = 6

/** Code that is cut off when it is long. The whole of it is there for copying, and for whoever has no scripts. */
export function LongCode({ lines, children }: { lines: number; children: ReactNode }) {
  const t = useTranslations('solutions.program')
  const [all, setAll] = useState(false)
  const id = useId()
  if (lines <= SHOWN + SOME_MORE) return children
  return (
    <div className="flex flex-col items-start gap-2">
      <div
        id={id}
        className={cx(
          'w-full',
          !all && 'max-h-[57rem] overflow-hidden border-b border-line [@media(scripting:none)]:max-h-none',
        )}
      >
        {children}
      </div>
      <Button
        size="small" tone="quiet" aria-expanded={all} aria-controls={id} onClick={() => setAll(!all)}
        className="[@media(scripting:none)]:hidden"
      >
        {all ? <ChevronUp aria-hidden /> : <ChevronDown aria-hidden />}
        {all ? t('less') : t('all', { lines })}
      </Button>
    </div>
  )
}
