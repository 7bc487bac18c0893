import { expect, it } from 'vitest'
import { countEvent } from '@/lib/learn/rate-limit'
import { makeClassSite } from '../support/class-site'
import { useSite } from '../support/site'
import type { Visitor } from '../support/visitor'

const site = useSite()

it('somebody who looks at programs all the time is asked to wait, and whoever may not look is still told nothing', async () => {
  const { askers, ids } = await makeClassSite(site.visitor)
  for (const asker of ['instructor', 'student'] as const) await useUp(`similarity:user:${await idOf(askers[asker])}`)
  const page = `/classes/${ids.class}/similarity/${ids.set}/lru-cache`
  const waiting = await askers.instructor.call(page)
  expect(waiting.status).toBe(200)
  expect(waiting.text).toContain('Too often in a short time')
  const api = `/api/classes/${ids.class}/sets/${ids.set}/similarity/lru-cache`
  expect((await askers.instructor.call(api)).status).toBe(429)
  expect((await askers.student.call(page)).status).toBe(404)
  expect((await askers.student.call(api)).status).toBe(403)
  expect((await askers.assistant.call(page)).text).not.toContain('Too often')
})

async function idOf(visitor: Visitor): Promise<string> {
  const { json } = await visitor.call('/api/auth/session')
  return (json as { user: { id: string } }).user.id
}

/** As if the page had been opened so often. */
async function useUp(key: string): Promise<void> {
  for (let left = 1_000; left > 0; left--) if ((await countEvent(key, 60, 60)).retryAfterSeconds > 0) return
  throw new Error('The limit never ends')
}
