'use client'

import { useLocale, useTranslations } from 'next-intl'
import Link from 'next/link'
import type { BoardRow } from '@/lib/contract/leaderboard'
import { Badge } from '../_ui/badge'
import { pseudonym } from './pseudonym'

/** What somebody on a board is called; to those who may know both, name and pseudonym. */
export function RowName({ row: { name, alias, hasProfile, isViewer } }: { row: BoardRow }) {
  const t = useTranslations('leaderboard.row')
  const locale = useLocale()
  const words = alias === null ? null : pseudonym(alias, locale)
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-0.5">
      <span className="max-w-full truncate font-medium">
        {hasProfile && name !== null ? (
          <Link href={`/people/${name}`} prefetch={false} className="hover:text-accent hover:underline">
            {name}
          </Link>
        ) : (
          name ?? words ?? t('you')
        )}
      </span>
      {isViewer && (name ?? words) !== null && <Badge tone="accent">{t('you')}</Badge>}
      {name !== null && words !== null && (
        <span className="text-small text-ink-soft">{t(isViewer ? 'othersSee' : 'studentsSee', { words })}</span>
      )}
    </span>
  )
}
