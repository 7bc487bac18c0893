'use client'

import { Hourglass, UserX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { InvitationView, MemberView, SectionView } from '@/lib/contract/class'
import type { ApiProblem } from '../../../../_session/api'
import { Badge } from '../../../../_ui/badge'
import { LocalTime } from '../../../../_ui/local-time'
import { Rows, Table, Td, Th, Tr } from '../../../../_ui/table'
import { InvitationActions } from './invitation-actions'
import { MemberActions } from './member-actions'
import type { PersonEntry } from './entries'

interface Row {
  classId: string
  sections: SectionView[]
  viewerId: string
  mayManage: boolean
  onProblem: (problem: ApiProblem | null) => void
}

/** People and kept places in lines. Students can be chosen, to be moved together. */
export function PeopleTable({ entries, selected, onSelect, ...row }: Row & {
  entries: PersonEntry[]
  selected: ReadonlySet<string>
  onSelect: (selected: ReadonlySet<string>) => void
}) {
  const t = useTranslations('classes.people')
  const choosable = entries.flatMap(({ key, ...entry }) => {
    return entry.kind === 'member' && entry.member.role === 'student' && !entry.member.removedAt ? [key] : []
  })
  const withBoxes = row.mayManage && row.sections.length > 0 && choosable.length > 0
  const allChosen = choosable.length > 0 && choosable.every((key) => selected.has(key))

  function toggle(key: string, chosen: boolean) {
    onSelect(new Set(chosen ? [...selected, key] : [...selected].filter((each) => each !== key)))
  }

  return (
    <Table
      label={t('title')}
      head={
        <>
          {withBoxes && (
            <Th className="w-8">
              <Box
                label={t('selectAll')}
                checked={allChosen}
                onChange={(chosen) => onSelect(new Set(chosen ? choosable : []))}
              />
            </Th>
          )}
          <Th className="w-full">{t('columns.person')}</Th>
          <Th>{t('columns.role')}</Th>
          <Th>{t('columns.section')}</Th>
          <Th>{t('columns.externalId')}</Th>
          <Th right>{t('columns.joined')}</Th>
          {row.mayManage && (
            <Th right>
              <span className="sr-only">{t('columns.actions')}</span>
            </Th>
          )}
        </>
      }
    >
      <Rows>
        {entries.map((entry) => (
          <Tr key={entry.key}>
            {withBoxes && (
              <Td className="max-sm:hidden">
                {choosable.includes(entry.key) && entry.kind === 'member' && (
                  <Box
                    label={t('selectOne', { name: entry.member.name })}
                    checked={selected.has(entry.key)}
                    onChange={(chosen) => toggle(entry.key, chosen)}
                  />
                )}
              </Td>
            )}
            {entry.kind === 'member'
              ? <MemberCells member={entry.member} {...row} />
              : <InvitationCells invitation={entry.invitation} {...row} />}
          </Tr>
        ))}
      </Rows>
    </Table>
  )
}

function MemberCells({ member, ...row }: Row & { member: MemberView }) {
  const t = useTranslations('classes')
  const { userId, name, accountName, email, role, sectionId, externalId, joinedAt, removedAt } = member
  return (
    <>
      <Td>
        <span className="flex flex-wrap items-center gap-x-2 text-body font-medium">
          <span className="min-w-0 wrap-anywhere">{name}</span>
          {userId === row.viewerId && <Badge>{t('people.you')}</Badge>}
          {removedAt && (
            <Badge tone="warn">
              <UserX aria-hidden />
              {t('people.removedOn')}
            </Badge>
          )}
        </span>
        <span className="block text-small wrap-anywhere text-ink-soft">
          {[email, accountName && t('people.accountName', { name: accountName })].filter(Boolean).join(' · ')}
        </span>
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

function InvitationCells({ invitation, ...row }: Row & { invitation: InvitationView }) {
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

function Box({ label, checked, onChange }: { label: string; checked: boolean; onChange: (checked: boolean) => void }) {
  return (
    <input
      type="checkbox"
      aria-label={label}
      checked={checked}
      onChange={(event) => onChange(event.target.checked)}
      className="block size-4.5 accent-accent"
    />
  )
}
