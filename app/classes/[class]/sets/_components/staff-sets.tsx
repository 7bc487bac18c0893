import { ListChecks } from 'lucide-react'
import { useTranslations } from 'next-intl'
import Link from 'next/link'
import type { ClassView } from '@/lib/contract/class'
import type { SetView } from '@/lib/contract/problem-set'
import { ClassTime } from '../../../../_ui/class-time'
import { LinkButton } from '../../../../_ui/button'
import { cx } from '../../../../_ui/cx'
import { EmptyState } from '../../../../_ui/empty-state'
import { Rows, Table, Td, Th, Tr } from '../../../../_ui/table'
import { SetState } from './set-state'

/** All sets of a class for its staff, drafts too, with times of the class. */
export function StaffSets({ of, sets, now }: { of: ClassView; sets: SetView[]; now: number }) {
  const t = useTranslations('sets')
  if (sets.length === 0) {
    return (
      <EmptyState
        icon={<ListChecks />}
        title={t('staff.empty')}
        action={of.role === 'instructor' && !of.archivedAt && (
          <LinkButton href={`/classes/${of.id}/sets/new`}>{t('new')}</LinkButton>
        )}
      >
        {t('staff.emptyText')}
      </EmptyState>
    )
  }
  return (
    <Table
      label={t('title')}
      head={
        <>
          <Th className="w-full">{t('staff.set')}</Th>
          <Th className="min-w-28">{t('staff.state')}</Th>
          <Th right>{t('staff.exercises')}</Th>
          <Th right>{t('staff.exceptions')}</Th>
          <Th right className="min-w-44">{t('dates.dueAt')}</Th>
        </>
      }
    >
      <Rows>
        {sets.map((set) => (
          <Tr key={set.id} className="relative hover:bg-surface">
            <Td className="max-sm:col-span-2">
              <Link
                href={`/classes/${of.id}/sets/${set.id}`}
                prefetch={false}
                className={cx(
                  'text-body font-medium break-words hover:text-accent',
                  'after:absolute after:inset-0 after:content-[""]',
                )}
              >
                {set.title}
              </Link>
            </Td>
            <Td>
              <SetState set={set} now={now} archived={of.archivedAt !== null} />
            </Td>
            <Td right className="max-sm:hidden">
              <span className="figures">{set.items.length}</span>
            </Td>
            <Td right className="max-sm:hidden">
              <span className="figures">{set.exceptions}</span>
            </Td>
            <Td right>
              <ClassTime at={set.dueAt} zone={of.timeZone} className="text-small text-ink-soft" />
            </Td>
          </Tr>
        ))}
      </Rows>
    </Table>
  )
}
