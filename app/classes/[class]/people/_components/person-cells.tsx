import { EyeOff, History, Hourglass, UserX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { DepartureView, InvitationView, MemberView, SectionView } from '@/lib/contract/class'
import type { ApiProblem } from '../../../../_session/api'
import { Badge } from '../../../../_ui/badge'
import { LocalTime } from '../../../../_ui/local-time'
import { Td } from '../../../../_ui/table'
import { InvitationActions } from './invitation-actions'
import { MemberActions } from './member-actions'

/** What every line of the list needs. */
export interface PersonRow {
  classId: string
  sections: SectionView[]
  viewerId: string
  mayManage: boolean
  /** Whether leaderboards are switched on in the class. */
  hasBoards: boolean
  onProblem: (problem: ApiProblem | null) => void
}

/** Somebody who is or was in the class. */
export function MemberCells({ member, ...row }: PersonRow & { member: MemberView }) {
  const t = useTranslations('classes')
  const { userId, name, accountName, email, role, sectionId, externalId, joinedAt, removedAt } = member
  const about = [email, accountName && t('people.accountName', { name: accountName })]
  if (!member.vouched) about.push(t('people.unverified'))
  return (
    <>
      <Td>
        <span className="flex flex-wrap items-center gap-x-2 text-body font-medium">
          <span className="min-w-0 wrap-anywhere">{name}</span>
          {userId === row.viewerId && <Badge>{t('people.you')}</Badge>}
          {removedAt && <RemovedBadge />}
          {member.offBoards && <OffBoardsBadge />}
        </span>
        <span className="block text-small wrap-anywhere text-ink-soft">
          {about.filter(Boolean).join(' · ')}
        </span>
        {member.before && <FormerAccount {...member.before} />}
      </Td>
      <Td className="whitespace-nowrap max-sm:order-2">{t(`roles.${role}`)}</Td>
      <SectionAndId sections={row.sections} sectionId={sectionId} externalId={externalId} />
      <Td right className="max-sm:hidden">
        <LocalTime at={joinedAt} dateOnly className="text-small text-ink-soft" />
      </Td>
      {row.mayManage && (
        <Td right className="max-sm:order-1">
          <MemberActions member={member} {...row} />
        </Td>
      )}
    </>
  )
}

/** A place that is kept. */
export function InvitationCells({ invitation, ...row }: PersonRow & { invitation: InvitationView }) {
  const t = useTranslations('classes')
  const { name, email, role, sectionId, externalId } = invitation
  return (
    <>
      <Td>
        <span className="block text-body font-medium wrap-anywhere">{name ?? email}</span>
        {name && <span className="block text-small wrap-anywhere text-ink-soft">{email}</span>}
      </Td>
      <Td className="whitespace-nowrap max-sm:order-2">{t(`roles.${role}`)}</Td>
      <SectionAndId sections={row.sections} sectionId={sectionId} externalId={externalId} />
      <Td right className="max-sm:hidden">
        <Badge>
          <Hourglass aria-hidden />
          {t('people.states.awaited')}
        </Badge>
      </Td>
      {row.mayManage && (
        <Td right className="max-sm:order-1">
          <InvitationActions invitation={invitation} {...row} />
        </Td>
      )}
    </>
  )
}

/** An account that was deleted, of which the class knows little. */
export function DepartureCells({ departure, ...row }: PersonRow & { departure: DepartureView }) {
  const t = useTranslations('classes')
  const { role, sectionId, externalId, removed, leftAt } = departure
  return (
    <>
      <Td>
        <span className="flex flex-wrap items-center gap-x-2 text-body text-ink-soft">
          {t('people.departedName')}
          {removed && <RemovedBadge />}
        </span>
      </Td>
      <Td className="whitespace-nowrap max-sm:order-2">{t(`roles.${role}`)}</Td>
      <SectionAndId sections={row.sections} sectionId={sectionId} externalId={externalId} />
      <Td right>
        <LocalTime at={leftAt} dateOnly className="text-small text-ink-soft" />
      </Td>
      {row.mayManage && <Td right className="max-sm:hidden">{null}</Td>}
    </>
  )
}

function OffBoardsBadge() {
  const t = useTranslations('classes.people')
  return (
    <Badge>
      <EyeOff aria-hidden />
      {t('offBoards')}
    </Badge>
  )
}

function RemovedBadge() {
  const t = useTranslations('classes.people')
  return (
    <Badge tone="warn">
      <UserX aria-hidden />
      {t('removedOn')}
    </Badge>
  )
}

/** That the same address had an account here before: marks and attempts began anew. */
function FormerAccount({ leftAt, externalId }: NonNullable<MemberView['before']>) {
  const t = useTranslations('classes.people')
  const date = () => <LocalTime at={leftAt} dateOnly />
  return (
    <span className="mt-0.5 flex items-start gap-1.5 text-small text-warn">
      <History aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>{externalId === null ? t.rich('before', { date }) : t.rich('beforeWithId', { date, externalId })}</span>
    </span>
  )
}

function SectionAndId({ sections, sectionId, externalId }: {
  sections: SectionView[]
  sectionId: string | null
  externalId: string | null
}) {
  return (
    <>
      <Td className="max-w-48 truncate max-sm:order-2 max-sm:text-right">
        {sections.find(({ id }) => id === sectionId)?.name ?? ''}
      </Td>
      <Td className="max-w-40 truncate max-sm:hidden">
        <span className="figures">{externalId ?? ''}</span>
      </Td>
    </>
  )
}
