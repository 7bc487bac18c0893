import { RotateCcw } from 'lucide-react'
import { getLocale, getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { requireRole } from '@/lib/auth/viewer'
import { listRegrades } from '@/lib/learn/regrades'
import { listTopics } from '@/lib/learn/topics'
import { ClientMessages } from '../../_i18n/client-messages'
import { orUnavailable } from '../../_session/or-unavailable'
import { EmptyState } from '../../_ui/empty-state'
import { LocalTime } from '../../_ui/local-time'
import { Rows, Table, Td, Th, Tr } from '../../_ui/table'
import { AdminFrame } from '../_components/admin-frame'
import { adminMetadata } from '../_components/admin-metadata'
import { StartForm } from './_components/start-form'
import { StateBadge } from './_components/state-badge'

export const generateMetadata = () => adminMetadata('regrades')

export default function Regrades() {
  return orUnavailable(renderPage)
}

async function renderPage() {
  await requireRole('admin', '/admin/regrades')
  const t = await getTranslations('admin.regrades')
  const locale = await getLocale()
  const exercises = (await listTopics()).flatMap((topic) => topic.exercises)
  const titles = new Map(exercises.map(({ slug, title }) => [slug, title[locale]]))
  const regrades = await listRegrades()
  return (
    <AdminFrame>
      <p className="mb-6 max-w-prose text-body text-ink-soft">{t('lead')}</p>
      <ClientMessages areas={['admin', 'errors']}>
        <StartForm options={[...titles].map(([slug, title]) => ({ slug, title }))} />
      </ClientMessages>
      {regrades.length > 0 ? (
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
            {regrades.map(({ id, exercise, state, submissions, startedBy, startedAt }) => (
              <Tr key={id} className="relative hover:bg-surface">
                <Td className="max-sm:col-span-2">
                  <Link
                    href={`/admin/regrades/${id}`}
                    prefetch={false}
                    className='text-body font-medium hover:text-accent after:absolute after:inset-0 after:content-[""]'
                  >
                    {titles.get(exercise) ?? exercise}
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
      ) : (
        <EmptyState icon={<RotateCcw />} title={t('none')}>
          {t('noneText')}
        </EmptyState>
      )}
    </AdminFrame>
  )
}
