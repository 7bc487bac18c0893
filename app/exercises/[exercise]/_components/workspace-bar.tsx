'use client'

import { ChevronLeft } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { DifficultyBadge } from '../../../_ui/difficulty-badge'
import type { DraftStatus } from '../_state/draft-keeper'
import { DraftNote } from './draft-note'
import type { WorkspaceExercise } from './workspace'

/** The line at the top of the workspace: which exercise this is, where its text is kept, what to do next. */
export function WorkspaceBar({ exercise, draft, actions }: {
  exercise: WorkspaceExercise
  draft: DraftStatus
  /** Null where they stand elsewhere. */
  actions: ReactNode | null
}) {
  const t = useTranslations('workspace')
  const locale = useLocale()
  return (
    <div className="flex min-h-13 shrink-0 items-center gap-3 border-b border-line px-3 sm:px-4">
      <Link
        href={`/topics/${exercise.topic}`}
        aria-label={t('backToTopic', { topic: exercise.topicTitle[locale] })}
        title={t('backToTopic', { topic: exercise.topicTitle[locale] })}
        className="-ml-1 rounded-md p-1 text-ink-soft hover:bg-sunken hover:text-ink"
      >
        <ChevronLeft aria-hidden className="size-5" />
      </Link>
      <h1 className="min-w-0 truncate text-body font-semibold">{exercise.title[locale]}</h1>
      <DifficultyBadge difficulty={exercise.difficulty} />
      <div className="ml-auto flex items-center gap-2">
        <DraftNote status={draft} />
        {actions}
      </div>
    </div>
  )
}
