import { getTranslations } from 'next-intl/server'
import { redirect } from 'next/navigation'
import type { Viewer } from '@/lib/contract/account'
import { ProblemError } from '@/lib/contract/problem'
import { ClientMessages } from '../../../../_i18n/client-messages'
import { ClassFrame } from '../../_components/class-frame'
import { classMetadata, classPage } from '../../_components/class-page'
import { findClass } from '../../_components/find-class'
import { RosterImport } from './_components/roster-import'

export async function generateMetadata({ params }: PageProps<'/classes/[class]/people/import'>) {
  return classMetadata((await params).class, 'people')
}

export default async function ImportRoster({ params }: PageProps<'/classes/[class]/people/import'>) {
  const { class: classId } = await params
  return classPage(`/classes/${classId}/people/import`, (viewer) => renderPage(viewer, classId))
}

async function renderPage(viewer: Viewer, classId: string) {
  const view = await findClass(viewer, classId)
  if (view.role !== 'instructor') throw new ProblemError('forbidden', 'Only instructors import rosters.')
  if (view.archivedAt) redirect(`/classes/${classId}/people`)
  const t = await getTranslations('classes.roster')
  return (
    <ClassFrame classId={classId} viewer={viewer} current="people">
      <h2 className="text-title font-semibold">{t('title')}</h2>
      <p className="mt-1.5 mb-6 max-w-prose text-ui text-ink-soft">{t('lead')}</p>
      <ClientMessages areas={['classes', 'errors']}>
        <RosterImport classId={classId} />
      </ClientMessages>
    </ClassFrame>
  )
}
