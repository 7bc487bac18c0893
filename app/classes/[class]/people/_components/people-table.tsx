'use client'

import { useTranslations } from 'next-intl'
import { Rows, Table, Td, Th, Tr } from '../../../../_ui/table'
import type { PersonEntry } from './entries'
import { DepartureCells, InvitationCells, MemberCells, type PersonRow } from './person-cells'

/** People, kept places and deleted accounts in lines. Students can be chosen, to be moved together. */
export function PeopleTable({ entries, selected, onSelect, ...row }: PersonRow & {
  entries: PersonEntry[]
  selected: ReadonlySet<string>
  onSelect: (selected: ReadonlySet<string>) => void
}) {
  const t = useTranslations('classes.people')
  const choosable = entries.flatMap(({ key, ...entry }) => {
    return entry.kind === 'member' && entry.member.role === 'student' && !entry.member.removedAt ? [key] : []
  })
  const withBoxes = row.mayManage && row.sections.length > 0 && choosable.length > 0
  const isDeparted = entries[0]?.kind === 'departed'
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
          <Th right>{t(isDeparted ? 'departedOn' : 'columns.joined')}</Th>
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
            {entry.kind === 'member' && <MemberCells member={entry.member} {...row} />}
            {entry.kind === 'awaited' && <InvitationCells invitation={entry.invitation} {...row} />}
            {entry.kind === 'departed' && <DepartureCells departure={entry.departure} {...row} />}
          </Tr>
        ))}
      </Rows>
    </Table>
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
