import { useTranslations } from 'next-intl'
import type { SetLogEntry } from '@/lib/contract/problem-set'
import { ClassTime } from '../../../../../_ui/class-time'

const ACTIONS = [
  'set.created', 'set.copied', 'set.changed', 'set.published', 'exception.granted', 'exception.removed',
  'exceptions.imported',
] as const
const FIELDS = [
  'title', 'intro', 'opensAt', 'dueAt', 'closesAt', 'latePolicy', 'attemptLimit', 'coolDownSeconds', 'reveal',
  'pickCount', 'items',
] as const

/** Who changed what of the set, latest first. */
export function SetLog({ log, zone }: { log: SetLogEntry[]; zone: string }) {
  const t = useTranslations('sets.log')
  return (
    <ul className="flex flex-col gap-2 text-ui">
      {log.map(({ at, actor, action, detail }, index) => {
        const known = ACTIONS.find((each) => each === action)
        const fields = FIELDS.filter((field) => action === 'set.changed' && field in detail)
        return (
          <li key={index} className="flex flex-wrap gap-x-3">
            <ClassTime at={at} zone={zone} className="text-ink-soft" />
            <span className="min-w-0">
              {actor ?? t('somebodyGone')}: {known ? t(known) : action}
              {fields.length > 0 && (
                <span className="text-ink-soft"> ({fields.map((field) => t(`fields.${field}`)).join(', ')})</span>
              )}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
