import { useTranslations } from 'next-intl'
import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import type { ReactNode } from 'react'
import type { Viewer } from '@/lib/contract/account'
import type { ClassView } from '@/lib/contract/class'
import { findClass } from './find-class'
import { Alert } from '../../../_ui/alert'
import { Badge } from '../../../_ui/badge'
import { LinkHint } from '../../../_ui/link-hint'
import { Page, PageHeader } from '../../../_ui/page'

const TABS = ['sets', 'gradebook', 'analytics', 'people', 'settings'] as const

export type ClassTab = (typeof TABS)[number]

/**
 * Name and navigation of a class's pages, for somebody who is in it; students have one page and no navigation. A
 * component and no layout: it is shown only to those who may see it.
 */
export async function ClassFrame({ classId, viewer, current, children }: {
  classId: string
  viewer: Viewer
  current: ClassTab
  children: ReactNode
}) {
  const t = await getTranslations('classes')
  const view = await findClass(viewer, classId)
  return (
    <Page>
      <PageHeader
        title={view.name}
        lead={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
            {view.term && <span>{view.term}</span>}
            <span>{t('frame.zone', { zone: view.timeZone })}</span>
            <Badge>{t(`roles.${view.role}`)}</Badge>
          </span>
        }
      />
      {view.archivedAt && (
        <Alert className="mb-6" title={t('frame.archived')}>
          {t(view.role === 'instructor' ? 'frame.archivedInstructor' : 'frame.archivedText')}
        </Alert>
      )}
      {view.role !== 'student' && <ClassTabs view={view} current={current} />}
      {children}
    </Page>
  )
}

function ClassTabs({ view, current }: { view: ClassView; current: ClassTab }) {
  const t = useTranslations('classes')
  const shown = TABS.filter((tab) => tab !== 'settings' || view.role === 'instructor')
  return (
    <nav aria-label={t('frame.label')} className="mb-8 border-b border-line">
      <div className="-mx-3 flex gap-1 overflow-x-auto overflow-y-hidden [scrollbar-width:none]">
        {shown.map((tab) => (
          <Link
            key={tab}
            href={tab === 'sets' ? `/classes/${view.id}` : `/classes/${view.id}/${tab}`}
            prefetch={false}
            aria-current={tab === current ? 'page' : undefined}
            className={
              'relative inline-flex h-10 items-center gap-1.5 px-3 text-ui font-medium whitespace-nowrap ' +
              'text-ink-soft outline-offset-[-2px] transition-colors hover:text-ink aria-[current=page]:text-ink ' +
              'after:absolute after:inset-x-3 after:bottom-0 after:h-0.5 after:rounded-full ' +
              'aria-[current=page]:after:bg-accent'
            }
          >
            {t(`tabs.${tab}`)}
            <LinkHint />
          </Link>
        ))}
      </div>
    </nav>
  )
}
