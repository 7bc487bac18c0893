import { cache } from 'react'
import type { Viewer } from '@/lib/contract/account'
import type { ClassBoardsBody } from '@/lib/contract/leaderboard'
import { boardSettings } from '@/lib/learn/leaderboards/class-board'

/** Whether and how a class shows leaderboards, asked once for each request. */
export const findBoardSettings = cache((viewer: Viewer, classId: string): Promise<ClassBoardsBody> => {
  return boardSettings(viewer, classId)
})
