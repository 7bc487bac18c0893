import { getTranslations } from 'next-intl/server'
import type { Viewer } from '@/lib/contract/account'
import { getJoin } from '@/lib/learn/classes/join-settings'
import { listPeople } from '@/lib/learn/classes/people'
import { ClientMessages } from '../../../_i18n/client-messages'
import { ClassFrame } from '../_components/class-frame'
import { classMetadata, classPage } from '../_components/class-page'
import { findClass } from '../_components/find-class'
import { findBoardSettings } from '../_components/find-board-settings'
import { JoinLink } from './_components/join-link'
import { PeopleView } from './_components/people-view'

export async function generateMetadata({ params }: PageProps<'/classes/[class]/people'>) {
  return classMetadata((await params).class, 'people')
}

export default async function People({ params }: PageProps<'/classes/[class]/people'>) {
  const { class: classId } = await params
  return classPage(`/classes/${classId}/people`, (viewer) => renderPage(viewer, classId))
}

async function renderPage(viewer: Viewer, classId: string) {
  const people = await listPeople(viewer, classId)
  const view = await findClass(viewer, classId)
  const mayManage = view.role === 'instructor' && view.archivedAt === null
  const join = mayManage ? await getJoin(viewer, classId) : null
  const hasBoards = (await findBoardSettings(viewer, classId)).mode !== 'off'
  const t = await getTranslations('classes.people')
  return (
    <ClassFrame classId={classId} viewer={viewer} current="people">
      <h2 className="sr-only">{t('title')}</h2>
      <ClientMessages areas={['classes', 'errors']}>
        {join && <JoinLink classId={classId} join={join} timeZone={view.timeZone} />}
        <PeopleView
          classId={classId}
          people={people}
          viewerId={viewer.id}
          mayManage={mayManage}
          hasBoards={hasBoards}
        />
      </ClientMessages>
    </ClassFrame>
  )
}
