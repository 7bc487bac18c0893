import { CircleCheck, CircleDashed, CircleDot, CircleX, Clock, Hourglass, PenLine } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import Link from 'next/link'
import type { OwnCell } from '@/lib/contract/gradebook'
import type { AttemptsView, SetView } from '@/lib/contract/problem-set'
import { formatMark } from '../../../../../_marking/format-mark'
import { TimeLeft } from '../../../../../_sets/time-left'
import { Badge } from '../../../../../_ui/badge'
import { cx } from '../../../../../_ui/cx'
import { DifficultyBadge } from '../../../../../_ui/difficulty-badge'
import { LinkHint } from '../../../../../_ui/link-hint'
import type { ListedItem } from '../../_components/listed-item'

const LOOKS = {
  none: { Icon: CircleDashed, colour: 'text-ink-faint' },
  failed: { Icon: CircleX, colour: 'text-bad' },
  passed: { Icon: CircleCheck, colour: 'text-good' },
  late: { Icon: Clock, colour: 'text-warn' },
  queued: { Icon: Hourglass, colour: 'text-ink-soft' },
  overridden: { Icon: PenLine, colour: 'text-ink-soft' },
  exempt: { Icon: CircleDot, colour: 'text-ink-soft' },
} as const

/** One exercise of a set for its student: the way to it, the mark so far, the attempts that are left. */
export function OwnItem({ set, item, position, cell, attempts, isOpen, now }: {
  set: SetView
  item: ListedItem
  position: number
  cell: OwnCell | null
  attempts: AttemptsView | null
  isOpen: boolean
  now: number
}) {
  const t = useTranslations('sets')
  const locale = useLocale()
  const state = cell?.state ?? 'none'
  const { Icon, colour } = LOOKS[state]
  return (
    <li
      className={cx(
        'relative grid grid-cols-[2rem_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 border-b border-line py-3',
        'hover:bg-surface',
      )}
    >
      <span className="text-right text-ui text-ink-faint figures">{position}</span>
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          {item.difficulty ? (
            <Link
              href={`/exercises/${item.exercise}?set=${set.id}`}
              prefetch={false}
              className={cx(
                'text-body font-medium break-words hover:text-accent',
                'after:absolute after:inset-0 after:content-[""]',
              )}
            >
              {item.title}
              <LinkHint />
            </Link>
          ) : (
            <span className="text-body font-medium text-ink-soft">{t('gone', { exercise: item.title })}</span>
          )}
          {item.kind !== 'required' && <Badge>{t(`kind.${item.kind}`)}</Badge>}
          {item.difficulty && <DifficultyBadge difficulty={item.difficulty} />}
        </p>
        <p className="mt-0.5 flex flex-wrap items-center gap-x-3 text-small text-ink-soft">
          <span className={cx('inline-flex items-center gap-1.5 font-medium', colour)}>
            <Icon aria-hidden className="size-4 shrink-0" />
            {t(`cell.${state}`)}
          </span>
          {cell && cell.lateDays > 0 && cell.percent < 100 && <span>{t('own.credit', { percent: cell.percent })}</span>}
          {isOpen && attempts && set.attemptLimit !== null && (
            <span className="figures">
              {t('own.attempts', { used: Math.min(attempts.used, set.attemptLimit), limit: set.attemptLimit })}
            </span>
          )}
          {isOpen && attempts?.nextAt && (
            <span>
              {t('own.again')} <TimeLeft until={Date.parse(attempts.nextAt)} now={now} className="font-medium" />
            </span>
          )}
        </p>
      </div>
      <span className="text-right text-ui whitespace-nowrap figures">
        <span className="font-semibold">{formatMark(cell?.mark ?? 0, locale)}</span>
        <span className="text-ink-soft"> / {item.points}</span>
      </span>
    </li>
  )
}
