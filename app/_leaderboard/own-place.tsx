'use client'

import { EyeOff, LocateFixed } from 'lucide-react'
import { useTranslations } from 'next-intl'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { BOARD_PAGE, OWN_ROW, type BoardView } from '@/lib/contract/leaderboard'
import { LinkButton } from '../_ui/button'
import { LocalTime } from '../_ui/local-time'
import { type BoardPlace, boardHref, rowHref } from './board-place'
import { lastPosition, pageAround } from './last-position'
import type { Reader } from './reader'

/** Where the reader stands, also when nobody else sees it, and the way there. */
export function OwnPlace({ view, place, reader }: {
  view: BoardView
  place: BoardPlace
  reader: Exclude<Reader, { kind: 'staff' }>
}) {
  const t = useTranslations('leaderboard.own')
  return (
    <section aria-labelledby="own-place" className="rounded-lg border border-line bg-surface p-5 shadow-raised">
      <h2 id="own-place" className="text-ui font-medium text-ink-soft">{t('title')}</h2>
      {reader.kind === 'visitor' ? (
        <Nothing text={t('visitor')}>
          <LinkButton href={reader.signIn} prefetch={false} size="small">{t('signIn')}</LinkButton>
        </Nothing>
      ) : view.own ? (
        <Place view={view} own={view.own} place={place} reader={reader} />
      ) : (
        <Nothing text={t(view.isPresent ? 'none' : 'noneThen')}>
          {view.isPresent && <LinkButton href={exercisesOf(place)} size="small">{t('begin')}</LinkButton>}
        </Nothing>
      )}
    </section>
  )
}

function Nothing({ text, children }: { text: string; children: ReactNode }) {
  return (
    <>
      <p className="mt-1.5 text-ui">{text}</p>
      <div className="mt-3 empty:hidden">{children}</div>
    </>
  )
}

/** Where exercises are that count on a board. */
function exercisesOf({ path, scope }: BoardPlace): string {
  if (path.startsWith('/classes/')) return path.replace(/\/leaderboard$/, scope.set ? `/sets/${scope.set}` : '')
  return scope.topic ? `/topics/${scope.topic}` : '/exercises'
}

function Place({ view, own, place, reader }: {
  view: BoardView
  own: NonNullable<BoardView['own']>
  place: BoardPlace
  reader: Exclude<Reader, { kind: 'visitor' | 'staff' }>
}) {
  const t = useTranslations('leaderboard.own')
  const { rank, points, shown, reachedAt } = own
  const row = reader.kind === 'student' ? reader.row : OWN_ROW
  const isThere = view.rows.some(({ isViewer }) => isViewer)
  const canGoThere = isThere || rank <= Math.min(lastPosition(view) + 1, view.top ?? Infinity)
  return (
    <>
      <p className="mt-1 flex flex-wrap items-baseline gap-x-3 figures">
        <span className="text-display font-[640]">{t('rank', { rank })}</span>
        <span className="text-ui text-ink-soft">
          {t(shown ? 'of' : 'would', { people: view.people })}
        </span>
      </p>
      <p className="mt-1.5 text-ui figures">
        {row === null ? t('points', { points }) : (
          <Link href={rowHref(place, row)} prefetch={false} className="text-link">{t('points', { points })}</Link>
        )}
      </p>
      <p className="mt-1 text-small text-ink-soft">
        {t('since')} <LocalTime at={reachedAt} />
      </p>
      <Distance view={view} />
      {!shown && <Hidden reader={reader} />}
      {canGoThere && (view.people > BOARD_PAGE || !isThere) && view.people > 0 && (
        <div className="mt-3">
          <LinkButton
            href={isThere ? '#you' : `${boardHref(place, pageAround(rank))}#you`} size="small" prefetch={false}
          >
            <LocateFixed aria-hidden />
            {t('go')}
          </LinkButton>
        </div>
      )}
    </>
  )
}

/** How far it is to the rank above, when that is on the page. */
function Distance({ view: { rows } }: { view: BoardView }) {
  const t = useTranslations('leaderboard.own')
  const index = rows.findIndex(({ isViewer }) => isViewer)
  const own = rows[index]
  const above = rows.slice(0, Math.max(0, index)).findLast(({ rank }) => rank < (own?.rank ?? 0))
  if (!own || !above) return null
  const points = above.points - own.points
  return (
    <p className="mt-1 text-small text-ink-soft figures">
      {points === 0 ? t('later', { rank: above.rank }) : t('behind', { points, rank: above.rank })}
    </p>
  )
}

function Hidden({ reader }: { reader: Reader }) {
  const t = useTranslations('leaderboard.own')
  return (
    <p className="mt-3 flex items-start gap-2 text-small text-ink-soft">
      <EyeOff aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>
        {reader.kind === 'student' ? t(reader.isKeptOff ? 'keptOff' : 'notShown') : t.rich('hidden', {
          settings: (words) => <Link href="/settings#leaderboards" className="text-link">{words}</Link>,
        })}
      </span>
    </p>
  )
}
