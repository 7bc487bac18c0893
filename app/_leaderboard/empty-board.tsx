'use client'

import { Trophy } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { BoardView } from '@/lib/contract/leaderboard'
import { LinkButton } from '../_ui/button'
import { EmptyState } from '../_ui/empty-state'

/** In the place of rows. @param last address of the last rows that there are */
export function EmptyBoard({ view: { people, top, isPresent, span }, last, hasSets }: {
  view: BoardView
  last: string
  hasSets: boolean
}) {
  const t = useTranslations('leaderboard.empty')
  if (people > 0) {
    const isKeptBack = top !== null && people > top
    return (
      <EmptyState
        icon={<Trophy />}
        title={t(isKeptBack ? 'keptBack' : 'beyond')}
        action={<LinkButton href={last}>{t(isKeptBack ? 'toFirst' : 'toLast')}</LinkButton>}
      >
        {isKeptBack ? t('keptBackText', { top }) : t('beyondText', { people })}
      </EmptyState>
    )
  }
  if (!hasSets) return <EmptyState icon={<Trophy />} title={t('noSets')}>{t('noSetsText')}</EmptyState>
  return (
    <EmptyState icon={<Trophy />} title={t(isPresent ? `present.${span}` : 'past')}>
      {t(isPresent ? 'presentText' : 'pastText')}
    </EmptyState>
  )
}
