import { History } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import type { Viewer } from '@/lib/contract/account'
import { ClassLogKind } from '@/lib/contract/class-log'
import { listClassLog } from '@/lib/learn/classes/class-log'
import { firstValue } from '../../../../_session/query'
import { EmptyState } from '../../../../_ui/empty-state'
import { ClassFrame } from '../../_components/class-frame'
import { classMetadata, classPage } from '../../_components/class-page'
import { findClass } from '../../_components/find-class'
import { KindLinks } from './_components/kind-links'
import { LogList } from './_components/log-list'

const PAGE_SIZE = 50

export async function generateMetadata({ params }: PageProps<'/classes/[class]/settings/log'>) {
  return classMetadata((await params).class, 'settings')
}

export default async function ClassLog({ params, searchParams }: PageProps<'/classes/[class]/settings/log'>) {
  const { class: classId } = await params
  const query = await searchParams
  const kind = ClassLogKind.safeParse(firstValue(query.kind)).data
  return classPage(`/classes/${classId}/settings/log`, (viewer) => {
    return renderPage(viewer, classId, kind, firstValue(query.before))
  })
}

async function renderPage(viewer: Viewer, classId: string, kind: ClassLogKind | undefined, before: string | undefined) {
  const { entries, next } = await listClassLog(viewer, classId, { kind, before, limit: PAGE_SIZE })
  const { timeZone } = await findClass(viewer, classId)
  const t = await getTranslations('classes.log')
  const path = `/classes/${classId}/settings/log`
  return (
    <ClassFrame classId={classId} viewer={viewer} current="settings">
      <h2 className="text-title font-semibold">{t('title')}</h2>
      <p className="mt-1.5 mb-6 max-w-prose text-ui text-ink-soft">{t('text')}</p>
      <KindLinks path={path} kind={kind} />
      {entries.length > 0 ? (
        <LogList entries={entries} zone={timeZone} />
      ) : (
        <EmptyState icon={<History />} title={t('none')}>
          {t('noneText')}
        </EmptyState>
      )}
      <nav aria-label={t('pages')} className="mt-6 flex justify-between gap-4 text-ui">
        {before ? (
          <Link href={hrefOf(path, kind)} prefetch={false} className="text-link">
            {t('newest')}
          </Link>
        ) : (
          <span />
        )}
        {next && (
          <Link href={hrefOf(path, kind, next)} prefetch={false} className="text-link">
            {t('older')}
          </Link>
        )}
      </nav>
    </ClassFrame>
  )
}

function hrefOf(path: string, kind: ClassLogKind | undefined, before?: string): string {
  const query = new URLSearchParams({ ...(kind && { kind }), ...(before && { before }) })
  return query.size > 0 ? `${path}?${query}` : path
}
