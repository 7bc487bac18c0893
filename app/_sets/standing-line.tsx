import { CircleCheck, CircleSlash, Clock, Lock } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { cx } from '../_ui/cx'
import { LocalTime } from '../_ui/local-time'
import type { Standing } from './credit'
import { TimeLeft } from './time-left'

const LOOKS = {
  upcoming: { Icon: Lock, colour: 'text-ink-soft' },
  open: { Icon: CircleCheck, colour: 'text-good' },
  late: { Icon: Clock, colour: 'text-warn' },
  over: { Icon: CircleSlash, colour: 'text-bad' },
  closed: { Icon: Lock, colour: 'text-ink-soft' },
} as const

/**
 * What a submission is worth now, how long that lasts and what comes after it; for the student whose terms these are.
 * @param takesDays whether late days come from a budget
 */
export function StandingLine({ standing, takesDays, exempt, now, brief = false, className }: {
  standing: Standing
  takesDays: boolean
  exempt: boolean
  now: number
  /** Only what is next and when, for a narrow place. */
  brief?: boolean
  className?: string
}) {
  const t = useTranslations('sets.standing')
  const { phase, nextAt, percent } = standing
  const look = phase === 'late' && percent === 0 ? 'over' : phase
  const { Icon, colour } = LOOKS[look]
  return (
    <div className={cx('flex min-h-6 flex-wrap items-center gap-x-3 gap-y-1 text-ui', className)}>
      <span className={cx('inline-flex items-center gap-1.5 font-medium', colour)}>
        <Icon aria-hidden className="size-4 shrink-0" />
        <Worth standing={standing} takesDays={takesDays} exempt={exempt} />
      </span>
      {nextAt !== null && (
        <span className="text-ink-soft">
          {t(nextOf(standing))} <TimeLeft key={nextAt} until={nextAt} now={now} className="font-medium text-ink" />
        </span>
      )}
      {nextAt !== null && !brief && !exempt && <After standing={standing} takesDays={takesDays} at={nextAt} />}
    </div>
  )
}

/** In a sentence: on time, or how much is lost. */
function Worth({ standing: { phase, percent, lateDays }, takesDays, exempt }: {
  standing: Standing
  takesDays: boolean
  exempt: boolean
}) {
  const t = useTranslations('sets.standing')
  if (exempt) return t('exempt')
  if (phase === 'upcoming' || phase === 'closed') return t(phase)
  if (percent === 0) return t('nothing')
  if (takesDays && lateDays > 0) return t('days', { days: lateDays })
  return phase === 'open' && percent === 100 ? t('onTime') : t('percent', { percent })
}

function nextOf({ phase, nextPercent }: Standing): 'opensIn' | 'losesIn' | 'closesIn' | 'dueIn' {
  if (phase === 'upcoming') return 'opensIn'
  if (phase === 'open') return 'dueIn'
  return nextPercent === 0 ? 'closesIn' : 'losesIn'
}

function After({ standing: { phase, percent, lateDays, nextPercent }, takesDays, at }: {
  standing: Standing
  takesDays: boolean
  at: number
}) {
  const t = useTranslations('sets.standing')
  if (phase === 'upcoming') return null
  const time = () => <LocalTime at={new Date(at).toISOString()} />
  if (nextPercent === 0 && percent === 0) return null
  const text = nextPercent === 0 ? t.rich('afterNothing', { time })
    : takesDays ? t.rich('afterDays', { time, days: lateDays + 1 })
      : t.rich('afterPercent', { time, percent: nextPercent })
  return <span className="text-small text-ink-soft">{text}</span>
}
