import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import type { Viewer } from '@/lib/contract/account'
import type { ItemAnalytics } from '@/lib/contract/analytics'
import { getItemAnalytics } from '@/lib/learn/classes/analytics'
import { STUCK_AFTER } from '@/lib/learn/classes/stuck'
import { findExercise } from '@/lib/learn/topics'
import { Alert } from '../../../../../_ui/alert'
import { LinkButton } from '../../../../../_ui/button'
import { ClassFrame } from '../../../_components/class-frame'
import { classMetadata, classPage } from '../../../_components/class-page'
import { findClass } from '../../../_components/find-class'
import { ClassTime } from '../../../../../_ui/class-time'
import { AttemptBars, ItemFacts, TimeBars } from '../../_components/item-figures'
import { MarkChart } from '../../_components/mark-chart'
import { MisconceptionList } from '../../_components/misconception-list'
import { RuleTable } from '../../_components/rule-table'
import { Section } from '../../_components/section'
import { StuckTable } from '../../_components/stuck-table'
import { StudentList } from '../../_components/student-list'
import { WayBack } from '../../_components/way-back'

type Props = PageProps<'/classes/[class]/analytics/[set]/[exercise]'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return classMetadata((await params).class, 'analytics')
}

export default async function ItemAnalyticsPage({ params }: Props) {
  const { class: classId, set, exercise } = await params
  return classPage(`/classes/${classId}/analytics/${set}/${exercise}`, (viewer) => {
    return renderPage(viewer, classId, set, exercise)
  })
}

async function renderPage(viewer: Viewer, classId: string, setId: string, exercise: string) {
  const view = await getItemAnalytics(viewer, classId, setId, exercise)
  const { timeZone } = await findClass(viewer, classId)
  const t = await getTranslations('insight.analytics')
  const locale = await getLocale()
  const path = `/classes/${classId}/analytics`
  const { figures, set } = view
  return (
    <ClassFrame classId={classId} viewer={viewer} current="analytics">
      <WayBack
        label={t('crumbs')}
        steps={[{ href: path, name: t('crumbs') }, { href: `${path}/${setId}`, name: set.title }]}
      />
      <div className="mb-6 flex flex-wrap items-end justify-between gap-4">
        <div>
          <h2 className="text-title font-semibold">{figures.title?.[locale] ?? exercise}</h2>
          <p className="mt-1 text-ui text-ink-soft">
            {t('students', { count: figures.students })}
            {' · '}
            {t('at')} <ClassTime at={view.at} zone={timeZone} />
          </p>
        </div>
        <LinkButton href={`/classes/${classId}/similarity/${setId}/${exercise}`}>{t('items.compare')}</LinkButton>
      </div>
      {!set.opened && <Alert className="mb-6">{t('notOpen')}</Alert>}
      {figures.students === 0
        ? <Alert>{t('noStudents')}</Alert>
        : <Figures classId={classId} zone={timeZone} view={view} />}
    </ClassFrame>
  )
}

async function Figures({ classId, zone, view }: { classId: string; zone: string; view: ItemAnalytics }) {
  const t = await getTranslations('insight.analytics')
  const exercise = await findExercise(view.figures.exercise)
  return (
    <div className="flex flex-col gap-10">
      <ItemFacts figures={view.figures} marks={view.marks} />
      <div className="grid gap-x-12 gap-y-10 lg:grid-cols-2">
        <Section id="marks" title={t('marks.title')} lead={t('marks.lead', { max: view.marks.max / 100 })}>
          <MarkChart marks={view.marks} />
        </Section>
        <Section id="not-started" title={t('notStarted.title')} lead={t('notStarted.lead')}>
          <StudentList students={view.notStarted} />
        </Section>
        <Section id="times" title={t('times.title')} lead={t('times.lead')}>
          <TimeBars bins={view.times} />
        </Section>
        <Section id="attempts" title={t('attempts.title')} lead={t('attempts.lead')}>
          <AttemptBars bins={view.attempts} />
        </Section>
        <Section id="rules" title={t('rules.title')} lead={t('rules.lead')}>
          <RuleTable rules={view.rules} started={view.figures.started} groups={exercise?.groups ?? []} />
        </Section>
        <Section id="misconceptions" title={t('misconceptions.title')} lead={t('misconceptions.lead')}>
          <MisconceptionList misconceptions={view.misconceptions} />
        </Section>
      </div>
      <Section id="stuck" title={t('stuck.title')} lead={t('stuck.lead', { count: STUCK_AFTER })}>
        <StuckTable classId={classId} zone={zone} stuck={view.stuck} />
      </Section>
    </div>
  )
}
