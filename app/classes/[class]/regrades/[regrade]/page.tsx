import { notFound } from 'next/navigation'
import type { Viewer } from '@/lib/contract/account'
import { findClassRegrade } from '@/lib/learn/classes/regrades'
import { RegradeReport } from '../../../../_regrades/regrade-report'
import { ClassFrame } from '../../_components/class-frame'
import { classMetadata, classPage } from '../../_components/class-page'
import { findClass } from '../../_components/find-class'

type Props = PageProps<'/classes/[class]/regrades/[regrade]'>

export async function generateMetadata({ params }: Props) {
  return classMetadata((await params).class, 'settings')
}

export default async function ClassRegrade({ params }: Props) {
  const { class: classId, regrade } = await params
  return classPage(`/classes/${classId}/regrades/${regrade}`, (viewer) => renderPage(viewer, classId, regrade))
}

async function renderPage(viewer: Viewer, classId: string, id: string) {
  const regrade = (await findClassRegrade(viewer, classId, id)) ?? notFound()
  const { archivedAt } = await findClass(viewer, classId)
  return (
    <ClassFrame classId={classId} viewer={viewer} current="settings">
      <RegradeReport at={`/classes/${classId}`} regrade={regrade} readOnly={archivedAt !== null} />
    </ClassFrame>
  )
}
