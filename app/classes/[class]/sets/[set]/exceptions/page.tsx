import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import type { Viewer } from '@/lib/contract/account'
import { listExceptions, listExceptionTargets } from '@/lib/learn/classes/exceptions'
import { getSet } from '@/lib/learn/classes/sets'
import { ClientMessages } from '../../../../../_i18n/client-messages'
import { ClassTime } from '../../../../../_ui/class-time'
import { ClassFrame } from '../../../_components/class-frame'
import { classMetadata, classPage } from '../../../_components/class-page'
import { findClass } from '../../../_components/find-class'
import { SetHeading } from '../../_components/set-heading'
import { ExceptionForm } from './_components/exception-form'
import { ExceptionTable } from './_components/exception-table'
import { ImportForm } from './_components/import-form'

export async function generateMetadata(
  { params }: PageProps<'/classes/[class]/sets/[set]/exceptions'>,
): Promise<Metadata> {
  return classMetadata((await params).class, 'sets')
}

export default async function Exceptions({ params }: PageProps<'/classes/[class]/sets/[set]/exceptions'>) {
  const { class: classId, set } = await params
  return classPage(`/classes/${classId}/sets/${set}/exceptions`, (viewer) => renderPage(viewer, classId, set))
}

async function renderPage(viewer: Viewer, classId: string, setId: string) {
  const view = await findClass(viewer, classId)
  // First what needs the right to see them: to students this page does not exist.
  const [exceptions, targets] = await Promise.all([
    listExceptions(viewer, classId, setId), listExceptionTargets(viewer, classId),
  ])
  const set = await getSet(viewer, classId, setId)
  const t = await getTranslations('sets')
  const mayChange = view.role === 'instructor' && !view.archivedAt
  const path = `/api/classes/${classId}/sets/${setId}/exceptions`
  return (
    <ClassFrame classId={classId} viewer={viewer} current="sets">
      <SetHeading
        classId={classId} title={t('exceptions.title')}
        back={{ href: `/classes/${classId}/sets/${setId}`, label: set.title }}
      />
      <p className="mb-6 max-w-prose text-ui text-ink-soft">
        {t.rich('exceptions.lead', {
          due: () => <ClassTime at={set.dueAt} zone={view.timeZone} />,
          closes: () => <ClassTime at={set.closesAt} zone={view.timeZone} />,
        })}
      </p>
      <ClientMessages areas={['sets', 'errors']}>
        <ExceptionTable path={path} exceptions={exceptions} zone={view.timeZone} mayChange={mayChange} />
        {mayChange && (
          <div className="mt-10 grid grid-cols-[minmax(0,1fr)] gap-10 lg:grid-cols-2">
            <ExceptionForm path={path} base={{ set, exceptions, targets, zone: view.timeZone }} />
            <ImportForm path={`${path}/import`} zone={view.timeZone} />
          </div>
        )}
      </ClientMessages>
    </ClassFrame>
  )
}
