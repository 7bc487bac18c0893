import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import type { Viewer } from '@/lib/contract/account'
import { readOwnMarks } from '@/lib/learn/classes/gradebook'
import { listSets } from '@/lib/learn/classes/sets'
import { ClientMessages } from '../../_i18n/client-messages'
import { LinkButton } from '../../_ui/button'
import { ClassFrame } from './_components/class-frame'
import { classMetadata, classPage } from './_components/class-page'
import { findClass } from './_components/find-class'
import { OwnSets } from './sets/_components/own-sets'
import { StaffSets } from './sets/_components/staff-sets'

export async function generateMetadata({ params }: PageProps<'/classes/[class]'>): Promise<Metadata> {
  return classMetadata((await params).class, 'sets')
}

export default async function ClassSets({ params }: PageProps<'/classes/[class]'>) {
  const { class: classId } = await params
  return classPage(`/classes/${classId}`, (viewer) => renderPage(viewer, classId))
}

async function renderPage(viewer: Viewer, classId: string) {
  const view = await findClass(viewer, classId)
  const [sets, marks] = await Promise.all([listSets(viewer, classId), readOwnMarks(viewer, classId)])
  const t = await getTranslations('sets')
  const now = Date.now()
  return (
    <ClassFrame classId={classId} viewer={viewer} current="sets">
      <ClientMessages areas={['sets']}>
        {view.role === 'student' ? (
          <OwnSets of={view} sets={sets} marks={marks} now={now} />
        ) : (
          <>
            {view.role === 'instructor' && !view.archivedAt && (
              <div className="mb-6 flex justify-end">
                <LinkButton tone="primary" href={`/classes/${classId}/sets/new`}>
                  {t('new')}
                </LinkButton>
              </div>
            )}
            <StaffSets of={view} sets={sets} now={now} />
          </>
        )}
      </ClientMessages>
    </ClassFrame>
  )
}
