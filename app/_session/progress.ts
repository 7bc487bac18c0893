import { cache } from 'react'
import { isProblemError } from '@/lib/contract/problem'
import type { ProgressView } from '@/lib/contract/submission'
import { progressOf } from '@/lib/learn/progress'
import { lookUpViewer } from './viewer'

const NONE: ReadonlyMap<string, ProgressView> = new Map()

/** The reader's own progress by exercise; empty for visitors and while the database is out of reach. */
export const findOwnProgress = cache(async (): Promise<ReadonlyMap<string, ProgressView>> => {
  const { viewer } = await lookUpViewer()
  if (!viewer) return NONE
  try {
    return new Map((await progressOf(viewer.id)).map((each) => [each.exercise, each]))
  } catch (error) {
    if (isProblemError(error) && error.code === 'service-unavailable') return NONE
    throw error
  }
})
