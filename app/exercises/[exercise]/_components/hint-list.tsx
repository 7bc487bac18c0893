'use client'

import { ChevronRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'

export interface HintView {
  title: string
  body: ReactNode
}

/** The hints, each closed until it is wanted. */
export function HintList({ hints }: { hints: readonly HintView[] }) {
  const t = useTranslations('workspace.hints')
  if (hints.length === 0) return <p className="text-ui text-ink-soft">{t('none')}</p>
  return (
    <div>
      <p className="mb-3 text-ui text-ink-soft">{t('text')}</p>
      <div className="divide-y divide-line border-y border-line">
        {hints.map((hint, index) => (
          <details key={index} className="group">
            <summary className="flex list-none items-center gap-2 rounded-sm py-3 [&::-webkit-details-marker]:hidden">
              <ChevronRight
                aria-hidden
                className="size-4 shrink-0 text-ink-faint transition-transform group-open:rotate-90"
              />
              <span className="text-body font-medium">{t('open', { number: index + 1, title: hint.title })}</span>
            </summary>
            <div className="pb-4 pl-6">{hint.body}</div>
          </details>
        ))}
      </div>
    </div>
  )
}
