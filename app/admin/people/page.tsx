import { UsersRound } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { requireRole } from '@/lib/auth/viewer'
import { listPeople } from '@/lib/learn/people'
import { ClientMessages } from '../../_i18n/client-messages'
import { orUnavailable } from '../../_session/or-unavailable'
import { firstValue } from '../../_session/query'
import { Button } from '../../_ui/button'
import { EmptyState } from '../../_ui/empty-state'
import { Input } from '../../_ui/field'
import { AdminFrame } from '../_components/admin-frame'
import { adminMetadata } from '../_components/admin-metadata'
import { PeopleTable } from './_components/people-table'

const PAGE_SIZE = 50

export const generateMetadata = () => adminMetadata('people')

export default async function People({ searchParams }: PageProps<'/admin/people'>) {
  const query = await searchParams
  return orUnavailable(() => renderPage(firstValue(query.q) ?? '', firstValue(query.before)))
}

async function renderPage(search: string, before: string | undefined) {
  const viewer = await requireRole('admin', '/admin/people')
  const t = await getTranslations('admin.people')
  // One more than is shown tells whether there is a next page.
  const found = await listPeople({ search, before, limit: PAGE_SIZE + 1 })
  const shown = found.slice(0, PAGE_SIZE)
  const last = shown.at(-1)
  return (
    <AdminFrame>
      <form role="search" className="mb-6 flex max-w-md gap-2">
        <Input type="search" name="q" aria-label={t('search')} placeholder={t('placeholder')} defaultValue={search} />
        <Button type="submit" className="h-10">
          {t('submit')}
        </Button>
      </form>
      {last ? (
        <ClientMessages areas={['admin', 'errors']}>
          <PeopleTable people={shown} viewerId={viewer.id} />
        </ClientMessages>
      ) : (
        <EmptyState icon={<UsersRound />} title={t('none')}>
          {t('noneText')}
        </EmptyState>
      )}
      <div className="mt-6 flex justify-between gap-4 text-ui">
        {before ? (
          <Link href={hrefOf(search)} className="text-link">
            {t('newest')}
          </Link>
        ) : (
          <span />
        )}
        {found.length > PAGE_SIZE && last && (
          <Link href={hrefOf(search, last.id)} className="text-link">
            {t('older')}
          </Link>
        )}
      </div>
    </AdminFrame>
  )
}

function hrefOf(search: string, before?: string): string {
  const query = new URLSearchParams({ ...(search && { q: search }), ...(before && { before }) })
  return query.size === 0 ? '/admin/people' : `/admin/people?${query}`
}
