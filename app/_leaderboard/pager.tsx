'use client'

import { ArrowLeft, ArrowRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import Form from 'next/form'
import { BOARD_PAGE, type BoardView } from '@/lib/contract/leaderboard'
import { Button, LinkButton } from '../_ui/button'
import { Input } from '../_ui/field'
import { type BoardPlace, boardHref, queryOf } from './board-place'
import { lastPosition } from './last-position'

/**
 * Ways to the other rows of a board. Of those who share a rank the first one has it as position, so that a rank is an
 * address, too.
 */
export function Pager({ view, place }: { view: BoardView; place: BoardPlace }) {
  const t = useTranslations('leaderboard.pages')
  const { position, rows } = view
  const last = lastPosition(view)
  if (last <= BOARD_PAGE && position === 1) return null
  const end = position + rows.length - 1
  const before = Math.max(1, Math.min(position, last + 1) - BOARD_PAGE)
  return (
    <nav aria-label={t('label')} className="mt-5 flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
      <div className="flex flex-wrap items-center gap-2">
        {position > 1 && (
          <LinkButton href={boardHref(place, before)} size="small" prefetch={false}>
            <ArrowLeft aria-hidden />
            {t('previous')}
          </LinkButton>
        )}
        {end < last && (
          <LinkButton href={boardHref(place, end + 1)} size="small" prefetch={false}>
            {t('next')}
            <ArrowRight aria-hidden />
          </LinkButton>
        )}
        {rows.length > 0 && (
          <span className="text-small text-ink-soft figures">{t('shown', { from: position, to: end, last })}</span>
        )}
      </div>
      <Form action={place.path} prefetch={false} className="flex items-center gap-2">
        {Object.entries(queryOf(place)).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <label htmlFor="go-to-rank" className="text-small text-ink-soft">{t('rank')}</label>
        <Input
          id="go-to-rank" name="from" type="number" inputMode="numeric" required min={1} max={last}
          className="h-8! w-24! text-ui"
        />
        <Button type="submit" size="small">{t('go')}</Button>
      </Form>
    </nav>
  )
}
