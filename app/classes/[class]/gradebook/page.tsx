import { GraduationCap, ListChecks } from 'lucide-react'
import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import type { Viewer } from '@/lib/contract/account'
import { readGradebook } from '@/lib/learn/classes/gradebook'
import { ClientMessages } from '../../../_i18n/client-messages'
import { firstValue } from '../../../_session/query'
import { LinkButton } from '../../../_ui/button'
import { EmptyState } from '../../../_ui/empty-state'
import { ClassFrame } from '../_components/class-frame'
import { classMetadata, classPage } from '../_components/class-page'
import { findClass } from '../_components/find-class'
import { ExportMenu } from './_components/export-menu'
import { viewFromQuery } from './_grid/address'
import { gridOf } from './_grid/from-gradebook'
import { GradebookTable } from './_grid/gradebook'
import type { GridView } from './_grid/model'
import { pack } from './_grid/packed'

export async function generateMetadata({ params }: PageProps<'/classes/[class]/gradebook'>): Promise<Metadata> {
  return classMetadata((await params).class, 'gradebook')
}

export default async function GradebookPage({ params, searchParams }: PageProps<'/classes/[class]/gradebook'>) {
  const { class: classId } = await params
  const query = Object.entries(await searchParams).map(([name, value]) => [name, firstValue(value)])
  return classPage(`/classes/${classId}/gradebook`, (viewer) =>
    renderPage(viewer, classId, viewFromQuery(Object.fromEntries(query))))
}

async function renderPage(viewer: Viewer, classId: string, view: GridView) {
  const gradebook = await readGradebook(viewer, classId)
  const { role } = await findClass(viewer, classId)
  const t = await getTranslations('gradebook')
  const { columns, rows } = gridOf(gradebook, await getLocale())
  const path = `/classes/${classId}/gradebook`
  const missing = rows.length === 0 ? 'students' : columns.length === 0 ? 'sets' : null
  return (
    <ClassFrame classId={classId} viewer={viewer} current="gradebook">
      <ClientMessages areas={['gradebook']}>
        {missing ? (
          <EmptyState
            icon={missing === 'students' ? <GraduationCap /> : <ListChecks />}
            title={t(`empty.${missing}.title`)}
            action={
              <LinkButton
                tone="primary"
                href={missing === 'students' ? `/classes/${classId}/people` : `/classes/${classId}`}
              >
                {t(`empty.${missing}.action`)}
              </LinkButton>
            }
          >
            {t(`empty.${missing}.text`)}
          </EmptyState>
        ) : (
          // As wide as the window allows: nowhere else is there so much side by side.
          <div style={{ marginInline: 'max(-22rem, min(0px, calc((76rem - 100vw) / 2 + 1.5rem)))' }}>
            <GradebookTable
              packed={pack(columns, rows)} first={view} path={path}
              action={role === 'instructor' && (
                <ExportMenu classId={classId} sets={gradebook.sets.map(({ id, title }) => ({ id, title }))} />
              )}
            />
          </div>
        )}
      </ClientMessages>
    </ClassFrame>
  )
}
