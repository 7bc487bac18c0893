import { useLocale, useTranslations } from 'next-intl'
import { ClassRole } from '@/lib/contract/class'
import type { ClassLogEntry } from '@/lib/contract/class-log'
import { formatMark } from '../../../../../_marking/format-mark'

/** Actions that have a sentence of their own. */
const KNOWN = [
  'class.created', 'class.settings-changed', 'class.boards-changed',
  'class.archived', 'class.brought-back', 'class.join-changed',
  'class.join-code-rotated', 'class.joined', 'class.invited', 'class.invitation-withdrawn', 'class.roster-imported',
  'class.member-changed', 'class.member-removed', 'class.member-restored', 'class.member-deleted-account',
  'class.member-off-boards', 'class.member-on-boards',
  'class.section-created', 'class.section-renamed', 'class.section-deleted', 'class.section-assigned',
  'class.mark-overridden', 'class.mark-undone', 'class.comment-cleared', 'class.exported',
  'set.created', 'set.copied', 'set.changed', 'set.published', 'set.deleted',
  'exception.granted', 'exception.removed', 'exceptions.imported',
  'regrade.started', 'regrade.stopped', 'regrade.resumed', 'regrade.applied',
] as const

/** What of a member or of the settings can change; a set has words of its own. */
const FIELDS = ['role', 'name', 'externalId', 'sectionId', 'term', 'timeZone', 'graceDays'] as const
const SET_FIELDS = [
  'title', 'intro', 'opensAt', 'dueAt', 'closesAt', 'latePolicy', 'attemptLimit', 'coolDownSeconds', 'reveal',
  'pickCount', 'items',
] as const

/** Says in the reader's language what was done. An action without a sentence stands there by its name. */
export function useLogText(): (entry: ClassLogEntry) => string {
  const t = useTranslations('classes.log')
  const roles = useTranslations('classes.roles')
  const setFields = useTranslations('sets.log.fields')
  const locale = useLocale()

  const roleOf = (value: unknown) => {
    const role = ClassRole.safeParse(value)
    return role.success ? roles(role.data) : ''
  }

  const fieldsOf = ({ action, detail }: ClassLogEntry): string[] => {
    if (action === 'set.changed') return SET_FIELDS.filter((field) => field in detail).map((field) => setFields(field))
    const changed: unknown[] = Array.isArray(detail.fields) ? detail.fields : Object.keys(detail)
    return FIELDS.filter((field) => changed.includes(field)).map((field) => t(`fields.${field}`))
  }

  return (entry) => {
    const { action, detail, person, section, set, exercise } = entry
    const known = KNOWN.find((each) => each === action)
    if (!known) return action
    const isOfSection = detail.kind === 'section'
    return t(`actions.${known}`, {
      person: person ?? t('someoneGone'),
      whom: isOfSection ? t('section', { name: section ?? t('gone') }) : (person ?? t('someoneGone')),
      section: section ?? textOf(detail.name) ?? t('noSection'),
      set: set?.title ?? t('gone'),
      exercise: exercise?.title?.[locale] ?? exercise?.slug ?? t('gone'),
      role: roleOf(detail.role),
      from: roleOf(detail.from) || (textOf(detail.from) ?? ''),
      to: roleOf(detail.to) || (textOf(detail.to) ?? ''),
      mode: textOf(changeIn(detail.mode)?.to) ?? 'same',
      topped: changeIn(detail.top) ? 'yes' : 'no',
      top: numberOf(changeIn(detail.top)?.to),
      turned: 'to' in detail ? 'yes' : 'no',
      mark: typeof detail.mark === 'number' ? formatMark(detail.mark, locale) : '',
      marked: typeof detail.mark === 'number' ? 'yes' : 'no',
      open: detail.open === true ? 'yes' : 'no',
      place: detail.place === true ? 'yes' : 'no',
      readmitted: detail.readmitted === true ? 'yes' : 'no',
      removed: detail.removed === true ? 'yes' : 'no',
      exempt: detail.exempt === true ? 'yes' : 'no',
      externalId: textOf(detail.externalId) ?? 'none',
      format: (textOf(detail.format) ?? '').toUpperCase(),
      invited: numberOf(detail.invited),
      changed: numberOf(detail.changed),
      count: Array.isArray(detail.students) ? detail.students.length : numberOf(detail.assigned),
      fields: fieldsOf(entry).join(t('comma')),
    })
  }
}

/** What a detail says that became of something. */
function changeIn(value: unknown): { to?: unknown } | null {
  return typeof value === 'object' && value !== null && 'to' in value ? value : null
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0
}
