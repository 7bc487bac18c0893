import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import type { Viewer } from '@/lib/contract/account'
import { getSet } from '@/lib/learn/classes/sets'
import { Alert } from '../../../../../_ui/alert'
import { ClassFrame } from '../../../_components/class-frame'
import { classMetadata, classPage } from '../../../_components/class-page'
import { findClass } from '../../../_components/find-class'
import { SetHeading } from '../../_components/set-heading'
import { EditorPage } from '../../_editor/editor-page'

export async function generateMetadata({ params }: PageProps<'/classes/[class]/sets/[set]/edit'>): Promise<Metadata> {
  return classMetadata((await params).class, 'sets')
}

export default async function EditSet({ params }: PageProps<'/classes/[class]/sets/[set]/edit'>) {
  const { class: classId, set } = await params
  return classPage(`/classes/${classId}/sets/${set}/edit`, (viewer) => renderPage(viewer, classId, set))
}

async function renderPage(viewer: Viewer, classId: string, setId: string) {
  const view = await findClass(viewer, classId)
  if (view.role !== 'instructor' || view.archivedAt) notFound()
  const set = await getSet(viewer, classId, setId)
  const t = await getTranslations('sets')
  return (
    <ClassFrame classId={classId} viewer={viewer} current="sets">
      <SetHeading
        classId={classId} title={t('editing')}
        back={{ href: `/classes/${classId}/sets/${setId}`, label: set.title }}
      />
      {set.publishedAt && (
        <Alert className="mb-8 max-w-3xl" title={t('editor.published')}>
          {t('editor.publishedText')}
        </Alert>
      )}
      <EditorPage of={view} set={set} />
    </ClassFrame>
  )
}
