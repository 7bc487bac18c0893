import { useTranslations } from 'next-intl'
import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import type { ReactNode } from 'react'
import type { Viewer } from '@/lib/contract/account'
import type { ClassView } from '@/lib/contract/class'
import { findClass } from './find-class'
import { findBoardSettings } from './find-board-settings'
import { Alert } from '../../../_ui/alert'
import { Badge } from '../../../_ui/badge'
import { LinkHint } from '../../../_ui/link-hint'
import { Page, PageHeader } from '../../../_ui/page'

const TABS = ['sets', 'leaderboard', 'gradebook', 'analytics', 'people', 'settings'] as const

export type ClassTab = (typeof TABS)[number]

/** What students have of them, if the class has leaderboards; else one page and no navigation. */
const STUDENT_TABS: readonly ClassTab[] = ['sets', 'leaderboard']

/**
 * Name and navigation of a class's pages, for somebody who is in it. A component and no layout: it is shown only to
 * those who may see it.
 */
export async function ClassFrame({ classId, viewer, current, children }: {
  classId: string
  viewer: Viewer
  current: ClassTab
  children: ReactNode
}) {
  const t = await getTranslations('classes')
  const view = await findClass(viewer, classId)
  const tabs = await tabsFor(viewer, view)
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
      {tabs.length > 0 && <ClassTabs classId={view.id} tabs={tabs} current={current} />}
      {children}
    </Page>
  )
}

async function tabsFor(viewer: Viewer, { id, role }: ClassView): Promise<readonly ClassTab[]> {
  if (role === 'instructor') return TABS
  if (role === 'assistant') return TABS.filter((tab) => tab !== 'settings')
  const { mode } = await findBoardSettings(viewer, id)
  return mode === 'off' ? [] : STUDENT_TABS
}

function ClassTabs({ classId, tabs, current }: {
  classId: string
  tabs: readonly ClassTab[]
  current: ClassTab
}) {
  const t = useTranslations('classes')
  return (
    <nav aria-label={t('frame.label')} className="mb-8 border-b border-line">
      <div className="-mx-3 flex gap-1 overflow-x-auto overflow-y-hidden [scrollbar-width:none]">
        {tabs.map((tab) => (
          <Link
            key={tab}
            href={tab === 'sets' ? `/classes/${classId}` : `/classes/${classId}/${tab}`}
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
