import { RotateCcw } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import type { RegradeView } from '@/lib/contract/regrade'
import { exerciseTitle } from '../_i18n/exercise-title'
import { EmptyState } from '../_ui/empty-state'
import { LocalTime } from '../_ui/local-time'
import { Rows, Table, Td, Th, Tr } from '../_ui/table'
import { StateBadge } from './state-badge'

/** Regrades with how far they have come. @param at where they are: `/admin`, or the path of a class */
export async function RegradeList({ at, regrades }: { at: string; regrades: readonly RegradeView[] }) {
  const t = await getTranslations('regrades')
  if (regrades.length === 0) {
    return (
      <EmptyState icon={<RotateCcw />} title={t('none')}>
        {t('noneText')}
      </EmptyState>
    )
  }
  const rows = await Promise.all(regrades.map(async (regrade) => {
    return { ...regrade, title: await exerciseTitle(regrade.exercise) }
  }))
  return (
    <Table
      label={t('title')}
      head={
        <>
          <Th className="w-full">{t('columns.exercise')}</Th>
          <Th className="min-w-36">{t('columns.state')}</Th>
          <Th className="min-w-32">{t('columns.submissions')}</Th>
          <Th className="min-w-32">{t('columns.startedBy')}</Th>
          <Th right>{t('columns.startedAt')}</Th>
        </>
      }
    >
      <Rows>
        {rows.map(({ id, title, state, submissions, startedBy, startedAt }) => (
          <Tr key={id} className="relative hover:bg-surface">
            <Td className="max-sm:col-span-2">
              <Link
                href={`${at}/regrades/${id}`}
                prefetch={false}
                className='text-body font-medium hover:text-accent after:absolute after:inset-0 after:content-[""]'
              >
                {title}
              </Link>
            </Td>
            <Td>
              <StateBadge state={state} />
            </Td>
            <Td>
              <span className="figures">{t('gradedOf', submissions)}</span>
            </Td>
            <Td>{startedBy ?? t('somebodyGone')}</Td>
            <Td right>
              <LocalTime at={startedAt} className="text-small text-ink-soft" />
            </Td>
          </Tr>
        ))}
      </Rows>
    </Table>
  )
}
