import { beforeEach, describe, expect, it } from 'vitest'
import { FIRST_DAY, findBoard } from '@/lib/db/boards/boards'
import { findEntry, findExtent, listEntries, rankOf } from '@/lib/db/boards/ranks'
import { readStanding } from '@/lib/db/boards/standing'
import { followCatalogue } from '@/lib/learn/leaderboards/follow-catalogue'
import { submit } from '@/lib/learn/submit'
import { useDatabase } from '../support/database'
import { EXERCISE, useContent } from './support/content'
import { newLearner } from './support/people'
import { gradeNext } from './support/queue'
import { graderThatFinds } from './support/verdicts'

const test = useDatabase()
useContent()
beforeEach(() => followCatalogue())

const EVERYONE = { scope: 'everyone', of: '', span: 'all', starts: FIRST_DAY } as const

async function scored(userId: string, score: number): Promise<void> {
  await submit(userId, { exercise: EXERCISE, source: `${score} // ${Math.random()}` })
  await gradeNext(graderThatFinds({ score }))
}

async function onBoards(): Promise<string> {
  const { id } = await newLearner()
  await test.db.user.update({ where: { id }, data: { handle: `l${id.slice(-12)}`, onBoards: true } })
  return id
}

describe('the board of everyone', () => {
  it('ranks by points, then by who reached them first', async () => {
    const [a, b, c] = [await onBoards(), await onBoards(), await onBoards()]
    await scored(a, 4)
    await scored(b, 4)
    await scored(c, 10)
    const board = (await findBoard(test.db, EVERYONE))!
    const rows = await listEntries(test.db, board, { position: 1, limit: 10 })
    expect(rows.map(({ userId, rank, standing }) => [userId, rank, readStanding(standing).points])).toEqual([
      [c, 1, 10], [a, 2, 4], [b, 3, 4],
    ])
    expect((await findExtent(test.db, board)).people).toBe(3)
    expect(await rankOf(test.db, board, (await findEntry(test.db, board, b))!.standing)).toBe(3)
  })
})
