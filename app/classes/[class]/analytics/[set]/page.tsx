import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import type { SetAnalytics } from '@/lib/contract/analytics'
import type { Viewer } from '@/lib/contract/account'
import { getSetAnalytics } from '@/lib/learn/classes/analytics'
import { STUCK_AFTER } from '@/lib/learn/classes/stuck'
import { Alert } from '../../../../_ui/alert'
import { ClassFrame } from '../../_components/class-frame'
import { classMetadata, classPage } from '../../_components/class-page'
import { findClass } from '../../_components/find-class'
import { ClassTime } from '../../../../_ui/class-time'
import { ItemTable } from '../_components/item-table'
import { MarkChart } from '../_components/mark-chart'
import { Section } from '../_components/section'
import { StuckTable } from '../_components/stuck-table'
import { StudentList } from '../_components/student-list'
import { WayBack } from '../_components/way-back'

export async function generateMetadata({ params }: PageProps<'/classes/[class]/analytics/[set]'>): Promise<Metadata> {
  return classMetadata((await params).class, 'analytics')
}

export default async function SetAnalyticsPage({ params }: PageProps<'/classes/[class]/analytics/[set]'>) {
  const { class: classId, set } = await params
  return classPage(`/classes/${classId}/analytics/${set}`, (viewer) => renderPage(viewer, classId, set))
}

async function renderPage(viewer: Viewer, classId: string, setId: string) {
  const view = await getSetAnalytics(viewer, classId, setId)
  const { timeZone } = await findClass(viewer, classId)
  const t = await getTranslations('insight.analytics')
  const path = `/classes/${classId}/analytics`
  return (
    <ClassFrame classId={classId} viewer={viewer} current="analytics">
      <WayBack label={t('crumbs')} steps={[{ href: path, name: t('crumbs') }]} />
      <h2 className="text-title font-semibold">{view.set.title}</h2>
      <p className="mt-1 mb-6 text-ui text-ink-soft">
        {t('students', { count: view.students })}
        {view.exempt > 0 && ` · ${t('exempt', { count: view.exempt })}`}
        {' · '}
        {t('at')} <ClassTime at={view.at} zone={timeZone} />
      </p>
      {!view.set.opened && <Alert className="mb-6">{t('notOpen')}</Alert>}
      {view.students === 0
        ? <Alert>{t('noStudents')}</Alert>
        : <Figures classId={classId} zone={timeZone} view={view} />}
    </ClassFrame>
  )
}

async function Figures({ classId, zone, view }: { classId: string; zone: string; view: SetAnalytics }) {
  const t = await getTranslations('insight.analytics')
  const locale = await getLocale()
  const { id } = view.set
  const titles = new Map(view.items.map(({ exercise, title }) => [exercise, title?.[locale] ?? exercise]))
  return (
    <div className="flex flex-col gap-10">
      <Section id="items" title={t('items.title')}>
        <ItemTable
          path={`/classes/${classId}/analytics/${id}`}
          similarity={`/classes/${classId}/similarity/${id}`}
          items={view.items}
        />
      </Section>
      <div className="grid gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Section id="marks" title={t('marks.titleTotal')} lead={t('marks.lead', { max: view.marks.max / 100 })}>
          <MarkChart marks={view.marks} />
        </Section>
        <Section id="not-started" title={t('notStarted.title')} lead={t('notStarted.lead')}>
          <StudentList students={view.notStarted} />
        </Section>
      </div>
      <Section id="stuck" title={t('stuck.title')} lead={t('stuck.lead', { count: STUCK_AFTER })}>
        <StuckTable
          classId={classId}
          zone={zone}
          stuck={view.stuck}
          titleOf={(exercise) => titles.get(exercise) ?? exercise}
        />
      </Section>
    </div>
  )
}
