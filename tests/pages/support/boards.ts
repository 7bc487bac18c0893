import { expect } from 'vitest'
import { followCatalogue } from '@/lib/learn/leaderboards/follow-catalogue'
import { grade } from '@/tests/http/support/grading'
import type { Account, Visitor } from '@/tests/http/support/visitor'

/** Lets boards know the exercises, as a grader does when it starts. */
export const openBoards = followCatalogue

/** Somebody with an account, who stands on everybody's boards under a handle if one is given. */
export async function newPerson(visitor: Visitor, { name = 'Ada', handle }: { name?: string; handle?: string } = {}) {
  const account: Account = await visitor.signUp({ name })
  if (handle !== undefined) {
    await must(visitor, '/api/account/profile', { handle, public: false })
    await must(visitor, '/api/account/leaderboard', { onBoards: true })
  }
  return { visitor, account, solve: (exercise: string) => solve(visitor, exercise) }
}

async function must(visitor: Visitor, path: string, body: unknown): Promise<void> {
  const { status, text } = await visitor.call(path, { method: 'PUT', body })
  expect(status, text).toBeLessThan(300)
}

/** Hands in an exercise, which passes. */
export async function solve(visitor: Visitor, exercise: string): Promise<void> {
  const source = `export const answer = '${crypto.randomUUID()}'`
  const sent = await visitor.call('/api/submissions', { body: { exercise, source } })
  await grade((sent.json as { id: string }).id, 'passed')
}
