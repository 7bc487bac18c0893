import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { getViewer, requireViewer } from '@/lib/auth/viewer'
import type { Viewer } from '@/lib/contract/account'
import { isProblemError } from '@/lib/contract/problem'
import { orUnavailable } from '../../../_session/or-unavailable'
import type { ClassTab } from './class-frame'
import { findClass } from './find-class'

/**
 * Renders a page of a class for somebody signed in; visitors sign in first and come back to `path`. What the viewer may
 * not see does not exist: a use case that answers `not-found` or `forbidden` makes the page one that is not found.
 */
export function classPage(path: string, render: (viewer: Viewer) => Promise<ReactNode>): Promise<ReactNode> {
  return orUnavailable(async () => {
    const viewer = await requireViewer(path)
    try {
      return await render(viewer)
    } catch (error) {
      if (isProblemError(error) && ['not-found', 'forbidden'].includes(error.code)) notFound()
      throw error
    }
  })
}

/** Metadata of a class's page, named after its tab; the class's name is told only to those who are in it. */
export async function classMetadata(classId: string, tab: ClassTab): Promise<Metadata> {
  const t = await getTranslations('classes')
  const title = t(`tabs.${tab}`)
  const robots = { index: false }
  try {
    const viewer = await getViewer()
    const view = viewer && (await findClass(viewer, classId))
    return { title: view ? `${title} · ${view.name}` : title, robots }
  } catch (error) {
    if (isProblemError(error)) return { title, robots }
    throw error
  }
}
