'use client'

import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import type { BoardView } from '@/lib/contract/leaderboard'
import { LinkButton } from '../_ui/button'
import { type BoardPlace, boardHref } from './board-place'
import { spanDay } from './span-name'

/** To the months or weeks before and after in which somebody has points. */
export function SpanLinks({ view, place }: { view: BoardView; place: BoardPlace }) {
  const t = useTranslations('leaderboard.period')
  const locale = useLocale()
  const { span, earlier, later, isPresent } = view
  if (span === 'all') return <span />
  const name = (starts: string) => spanDay({ span, starts }, locale)
  return (
    <nav aria-label={t('label')} className="-ml-2.5 flex flex-wrap items-center gap-1">
      {earlier !== null && (
        <LinkButton href={boardHref({ ...place, day: earlier })} tone="quiet" size="small" prefetch={false}>
          <ChevronLeft aria-hidden />
          {name(earlier)}
        </LinkButton>
      )}
      {later !== null && (
        <LinkButton href={boardHref({ ...place, day: later })} tone="quiet" size="small" prefetch={false}>
          {name(later)}
          <ChevronRight aria-hidden />
        </LinkButton>
      )}
      {!isPresent && (
        <LinkButton href={boardHref({ ...place, day: undefined })} tone="quiet" size="small" prefetch={false}>
          {t(`present.${span}`)}
        </LinkButton>
      )}
    </nav>
  )
}
