import { CalendarClock } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import Link from 'next/link'
import type { OwnMarks } from '@/lib/contract/gradebook'
import type { SetView } from '@/lib/contract/problem-set'
import { formatMark } from '../../../../_marking/format-mark'
import type { Standing } from '../../../../_sets/credit'
import { StandingLine } from '../../../../_sets/standing-line'
import { Badge } from '../../../../_ui/badge'
import { LinkHint } from '../../../../_ui/link-hint'
import { ProgressBar } from '../../../../_ui/progress-bar'
import { OwnDates } from './own-dates'

/** One set in its student's list: where it stands, its dates and the mark so far. */
export function SetCard({ classId, set, standing, marks, now }: {
  classId: string
  set: SetView
  standing: Standing
  marks: OwnMarks['sets'][number] | null
  now: number
}) {
  const t = useTranslations('sets')
  const locale = useLocale()
  const score = marks && t('mark', { mark: formatMark(marks.total, locale), max: formatMark(marks.max, locale) })
  return (
    <li className="relative rounded-lg border border-line bg-surface px-5 py-4 hover:border-line-strong">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="min-w-0">
          <h3 className="flex flex-wrap items-center gap-x-3 gap-y-1 text-body font-semibold">
            <Link
              href={`/classes/${classId}/sets/${set.id}`}
              prefetch={false}
              className='break-words hover:text-accent after:absolute after:inset-0 after:content-[""]'
            >
              {set.title}
              <LinkHint />
            </Link>
            {set.excepted && (
              <Badge tone="accent">
                <CalendarClock aria-hidden />
                {t(set.exempt ? 'own.exempt' : 'own.excepted')}
              </Badge>
            )}
          </h3>
          <StandingLine
            standing={standing} takesDays={set.latePolicy.kind === 'grace-days'} exempt={set.exempt} now={now}
            className="mt-1.5"
          />
        </div>
        {marks && !set.exempt && (
          <div className="w-32 shrink-0 text-right max-sm:text-left">
            <p className="text-body font-semibold figures">{score}</p>
            <ProgressBar value={marks.total} of={marks.max} label={score ?? ''} className="mt-1.5" />
          </div>
        )}
      </div>
      <OwnDates set={set} className="mt-3" />
    </li>
  )
}
