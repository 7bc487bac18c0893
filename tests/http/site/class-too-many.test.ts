import { expect, it } from 'vitest'
import { isProblemError } from '@/lib/contract/problem'
import { countUse } from '@/lib/learn/classes/count-use'
import { makeClassSite } from '../support/class-site'
import { useSite } from '../support/site'
import type { Answer, Visitor } from '../support/visitor'

const site = useSite()

it('somebody who looks at programs all the time is asked to wait, and whoever may not look is still told nothing', async () => {
  const { askers, ids } = await makeClassSite(site.visitor)
  for (const asker of ['instructor', 'student'] as const) await useUp(await idOf(askers[asker]))
  const page = `/classes/${ids.class}/similarity/${ids.set}/lru-cache`
  const waiting = await askers.instructor.call(page)
  expect(waiting.status).toBe(200)
  expect(headingOf(waiting)).toBe('Too often in a short time')
  const api = `/api/classes/${ids.class}/sets/${ids.set}/similarity/lru-cache`
  expect((await askers.instructor.call(api)).status).toBe(429)
  expect((await askers.student.call(page)).status).toBe(404)
  expect((await askers.student.call(api)).status).toBe(403)
  expect(headingOf(await askers.assistant.call(page))).toBe('Back ends')
})

const headingOf = ({ text }: Answer) => /<h1[^>]*>([^<]*)<\/h1>/.exec(text)?.[1]

async function idOf(visitor: Visitor): Promise<string> {
  const { json } = await visitor.call('/api/auth/session')
  return (json as { user: { id: string } }).user.id
}

/** As if the page had been opened so often. */
async function useUp(userId: string): Promise<void> {
  try {
    for (;;) await countUse({ userId }, 'similarity')
  } catch (error) {
    if (!isProblemError(error) || error.code !== 'too-many-requests') throw error
  }
}
