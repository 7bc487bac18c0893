'use client'

import { useTranslations } from 'next-intl'
import type { BoardView } from '@/lib/contract/leaderboard'
import { BoardTable } from './board-table'
import { type BoardPlace, boardHref, eventsUrl } from './board-place'
import { Distribution } from './distribution'
import { EmptyBoard } from './empty-board'
import { lastPage } from './last-position'
import { LiveNote } from './live-note'
import { OwnPlace } from './own-place'
import { Pager } from './pager'
import { PlaceAnnouncer } from './place-announcer'
import type { Reader } from './reader'
import { SpanLinks } from './span-links'
import { SpanNote } from './span-note'
import { useLiveBoard } from './use-live-board'

/** A board that follows what happens. */
export function LiveBoard({ initial, readAt, from, place, reader, hasSets = true }: {
  initial: BoardView
  /** When it was read, milliseconds since 1970. */
  readAt: number
  /** Position of the first row, as the address says it. */
  from: number
  place: BoardPlace
  reader: Reader
  /** False in a class none of whose sets has opened. */
  hasSets?: boolean
}) {
  const t = useTranslations('leaderboard')
  const url = initial.isPresent ? eventsUrl(place, from) : null
  const { view, state, asOf, setPaused } = useLiveBoard(initial, { url, readAt })
  const isOfClass = reader.kind === 'student' || reader.kind === 'staff'
  return (
    <div className="grid gap-x-14 gap-y-8 lg:grid-cols-[minmax(0,1fr)_19rem] lg:grid-rows-[auto_1fr]">
      {reader.kind !== 'staff' && (
        <div className="lg:col-start-2 lg:row-start-1">
          <OwnPlace view={view} place={place} reader={reader} />
          <PlaceAnnouncer key={boardHref(place)} own={view.own} />
        </div>
      )}
      <div className="min-w-0 lg:col-start-1 lg:row-span-2 lg:row-start-1">
        <SpanNote view={view} ofClass={isOfClass} />
        <div className="mb-2 flex min-h-9 flex-wrap items-center justify-between gap-x-6 gap-y-1">
          <SpanLinks view={view} place={place} />
          {view.isPresent
            ? <LiveNote state={state} asOf={asOf} setPaused={setPaused} />
            : <p className="text-small text-ink-soft">{t('live.over')}</p>}
        </div>
        {view.top !== null && view.people > view.top && (
          <p className="mb-2 text-small text-ink-soft">{t('top', { top: view.top })}</p>
        )}
        {view.rows.length > 0
          ? <BoardTable key={boardHref(place, from)} view={view} place={place} />
          : <EmptyBoard view={view} last={boardHref(place, lastPage(view))} hasSets={hasSets} />}
        <Pager view={view} place={place} />
      </div>
      <div className="lg:col-start-2">
        <Distribution view={view} />
      </div>
    </div>
  )
}
