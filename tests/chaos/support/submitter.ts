import '@/lib/service/follow-parent'
import { setTimeout as sleep } from 'node:timers/promises'
import { isProblemError } from '@/lib/contract/problem'
import { submit } from '@/lib/learn/submit'
import { EXERCISE } from '@/tests/db/support/content'
import { sourceOf } from './sources'

/*
 * Submits as the web process does, for the users whose ids are its arguments, until it is killed. Each submission that
 * was taken is told on standard output: that is what the learner's browser was told.
 */

const users = process.argv.slice(2)

for (let turn = process.pid; ; turn++) {
  const user = users[turn % users.length] ?? ''
  try {
    const { id } = await submit(user, { exercise: EXERCISE, source: sourceOf(turn) })
    console.log(`accepted ${id}`)
  } catch (error) {
    // Full, or the database is away: anything else is a fault.
    const code = isProblemError(error) ? error.code : ''
    if (!['too-many-waiting', 'queue-full', 'service-unavailable'].includes(code)) console.log(`refused ${String(error)}`)
    await sleep(50)
  }
}
