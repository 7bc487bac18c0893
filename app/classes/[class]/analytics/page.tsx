import { ChartColumn } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import type { Viewer } from '@/lib/contract/account'
import { listSetFigures } from '@/lib/learn/classes/analytics'
import { EmptyState } from '../../../_ui/empty-state'
import { ClassFrame } from '../_components/class-frame'
import { classMetadata, classPage } from '../_components/class-page'
import { findClass } from '../_components/find-class'
import { SetTable } from './_components/set-table'

export async function generateMetadata({ params }: PageProps<'/classes/[class]/analytics'>): Promise<Metadata> {
  return classMetadata((await params).class, 'analytics')
}

export default async function AnalyticsPage({ params }: PageProps<'/classes/[class]/analytics'>) {
  const { class: classId } = await params
  return classPage(`/classes/${classId}/analytics`, (viewer) => renderPage(viewer, classId))
}

async function renderPage(viewer: Viewer, classId: string) {
  const sets = await listSetFigures(viewer, classId)
  const { timeZone } = await findClass(viewer, classId)
  const t = await getTranslations('insight.analytics.sets')
  return (
    <ClassFrame classId={classId} viewer={viewer} current="analytics">
      {sets.length === 0 ? (
        <EmptyState icon={<ChartColumn />} title={t('emptyTitle')}>
          {t('emptyText')}
        </EmptyState>
      ) : (
        <>
          <h2 className="text-title font-semibold">{t('title')}</h2>
          <p className="mt-1 mb-5 text-ui text-ink-soft">{t('lead')}</p>
          <SetTable zone={timeZone} path={`/classes/${classId}/analytics`} sets={sets} />
        </>
      )}
    </ClassFrame>
  )
}
