import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import * as accounts from '@/lib/db/accounts'
import * as adminClaims from '@/lib/db/admin-claims'
import type { Queries } from '@/lib/db/client'
import * as drafts from '@/lib/db/drafts'
import * as progress from '@/lib/db/progress'
import * as submissions from '@/lib/db/submissions'
import * as users from '@/lib/db/users'
import { useDatabase } from '../support/database'

const test = useDatabase()
const id = randomUUID()
/** What a caller without a type checker, or with a wrong cast, might pass. */
const missing = undefined as unknown as string

const CALLS: [name: string, call: (db: Queries) => unknown][] = [
  ['findUser', (db) => users.findUser(db, missing)],
  ['findUserByEmail', (db) => users.findUserByEmail(db, missing)],
  ['setRole', (db) => users.setRole(db, missing, 'admin')],
  ['raiseSessionEpoch', (db) => users.raiseSessionEpoch(db, missing)],
  ['findUserByIdentity', (db) => accounts.findUserByIdentity(db, { provider: 'github', providerAccountId: missing })],
  ['findSubmissionOf without owner', (db) => submissions.findSubmissionOf(db, missing, id)],
  ['findSubmissionOf without id', (db) => submissions.findSubmissionOf(db, id, missing)],
  ['findSubmissionWithSource without owner', (db) => submissions.findSubmissionWithSource(db, missing, id)],
  ['listSubmissionsOf', (db) => submissions.listSubmissionsOf(db, missing, { limit: 10 })],
  ['markGrading', (db) => submissions.markGrading(db, missing)],
  ['findProgress', (db) => progress.findProgress(db, missing, 'adder')],
  ['listProgress', (db) => progress.listProgress(db, missing)],
  ['findDraft', (db) => drafts.findDraft(db, missing, 'adder')],
  ['useClaim', (db) => adminClaims.useClaim(db, missing)],
  ['isClaimOpen', (db) => adminClaims.isClaimOpen(db, missing)],
]

describe('a filter never vanishes', () => {
  it.each(CALLS)('%s throws when its value is undefined', async (_, call) => {
    await expect((async () => call(test.db))()).rejects.toThrow(/undefined/)
  })
})
