'use client'

import { Braces, ListChecks, ScrollText } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { cx } from '../../../_ui/cx'

export const VIEWS = ['guide', 'code', 'results'] as const
export type View = (typeof VIEWS)[number]

const ICONS = { guide: ScrollText, code: Braces, results: ListChecks } as const

/** The narrow workspace: one part at a time, with a bar at the bottom to change it. */
export function Stacked({ view, onView, guide, editor, results, actions }: {
  view: View
  onView: (view: View) => void
  guide: ReactNode
  editor: ReactNode
  results: ReactNode
  actions: ReactNode
}) {
  const t = useTranslations('workspace.views')
  const parts: Record<View, ReactNode> = { guide, code: editor, results }
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      {VIEWS.map((each) => (
        <div key={each} className={cx('min-h-0 flex-1', each !== view && 'hidden')}>
          {parts[each]}
        </div>
      ))}
      <div className="shrink-0 border-t border-line bg-paper pb-[env(safe-area-inset-bottom)]">
        <div className="flex gap-2 px-3 pt-2 [&>*]:flex-1">{actions}</div>
        <nav aria-label={t('label')} className="flex">
          {VIEWS.map((each) => {
            const Icon = ICONS[each]
            return (
              <button
                key={each}
                type="button"
                aria-current={each === view ? 'true' : undefined}
                onClick={() => onView(each)}
                className={cx(
                  'flex h-13 flex-1 flex-col items-center justify-center gap-0.5 text-small',
                  each === view ? 'font-medium text-accent' : 'text-ink-soft',
                )}
              >
                <Icon aria-hidden className="size-5" />
                {t(each)}
              </button>
            )
          })}
        </nav>
      </div>
    </div>
  )
}
