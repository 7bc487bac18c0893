import { getTranslations } from 'next-intl/server'
import type { Viewer } from '@/lib/contract/account'
import { listClassRegrades, listOutdatedExercises } from '@/lib/learn/classes/regrades'
import { ClientMessages } from '../../../_i18n/client-messages'
import { exerciseTitle } from '../../../_i18n/exercise-title'
import { RegradeList } from '../../../_regrades/regrade-list'
import { StartForm } from '../../../_regrades/start-form'
import { ClassFrame } from '../_components/class-frame'
import { classMetadata, classPage } from '../_components/class-page'
import { findClass } from '../_components/find-class'

export async function generateMetadata({ params }: PageProps<'/classes/[class]/regrades'>) {
  return classMetadata((await params).class, 'settings')
}

export default async function ClassRegrades({ params }: PageProps<'/classes/[class]/regrades'>) {
  const { class: classId } = await params
  return classPage(`/classes/${classId}/regrades`, (viewer) => renderPage(viewer, classId))
}

async function renderPage(viewer: Viewer, classId: string) {
  const regrades = await listClassRegrades(viewer, classId)
  const { archivedAt } = await findClass(viewer, classId)
  const t = await getTranslations('regrades')
  const outdated = await listOutdatedExercises(viewer, classId)
  return (
    <ClassFrame classId={classId} viewer={viewer} current="settings">
      <h2 className="mb-2 text-title font-semibold">{t('title')}</h2>
      <p className="mb-6 max-w-prose text-body text-ink-soft">
        {t('classLead')} {outdated.length === 0 && t('nothingOutdated')}
      </p>
      {!archivedAt && (
        <ClientMessages areas={['regrades', 'errors']}>
          <StartForm at={`/classes/${classId}`} options={await Promise.all(outdated.map(toOption))} />
        </ClientMessages>
      )}
      <RegradeList at={`/classes/${classId}`} regrades={regrades} />
    </ClassFrame>
  )
}

async function toOption({ exercise, submissions }: { exercise: string; submissions: number }) {
  const t = await getTranslations('regrades')
  return { slug: exercise, title: t('outdated', { title: await exerciseTitle(exercise), count: submissions }) }
}
