import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { BoardQuery } from '@/lib/contract/leaderboard'
import { publicBoardPlace } from '@/lib/learn/leaderboards/public-board'
import { lookUpViewer } from '../../../_session/viewer'

/** The place on everybody's board, of those who are shown there. */
export async function BoardLink({ handle }: { handle: string }) {
  const { viewer } = await lookUpViewer()
  const row = await publicBoardPlace(viewer?.id ?? null, BoardQuery.parse({}), handle)
  if (!row) return null
  const t = await getTranslations('leaderboard.link')
  return (
    <Link href={`/leaderboard/${row.id}`} prefetch={false} className="whitespace-nowrap text-link">
      {t('profile', { rank: row.rank })}
    </Link>
  )
}
