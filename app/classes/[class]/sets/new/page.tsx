import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import type { Viewer } from '@/lib/contract/account'
import { ClassFrame } from '../../_components/class-frame'
import { classMetadata, classPage } from '../../_components/class-page'
import { findClass } from '../../_components/find-class'
import { SetHeading } from '../_components/set-heading'
import { EditorPage } from '../_editor/editor-page'

export async function generateMetadata({ params }: PageProps<'/classes/[class]/sets/new'>): Promise<Metadata> {
  return classMetadata((await params).class, 'sets')
}

export default async function NewSet({ params }: PageProps<'/classes/[class]/sets/new'>) {
  const { class: classId } = await params
  return classPage(`/classes/${classId}/sets/new`, (viewer) => renderPage(viewer, classId))
}

async function renderPage(viewer: Viewer, classId: string) {
  const view = await findClass(viewer, classId)
  // What may not be done needs no form: students and assistants have none, and an archived class takes nothing.
  if (view.role !== 'instructor' || view.archivedAt) notFound()
  const t = await getTranslations('sets')
  return (
    <ClassFrame classId={classId} viewer={viewer} current="sets">
      <SetHeading classId={classId} title={t('new')} />
      <EditorPage of={view} set={null} />
    </ClassFrame>
  )
}
