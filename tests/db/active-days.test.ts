import { beforeEach, describe, expect, it } from 'vitest'
import { listActiveDays } from '@/lib/db/active-days'
import { recordActivity } from '@/lib/learn/activity'
import { getProfileSettings, ownProfile, saveTimeZone } from '@/lib/learn/profile'
import { submit } from '@/lib/learn/submit'
import { useDatabase } from '../support/database'
import { EXERCISE, useContent } from './support/content'
import { newLearner } from './support/people'
import { emptyQueue } from './support/queue'

const test = useDatabase()
useContent()
beforeEach(emptyQueue)

const send = (userId: string, source: string, zone?: string) => submit(userId, { exercise: EXERCISE, source }, 'en', zone)
const zoneOf = async (userId: string) => (await getProfileSettings(userId)).timeZone

/** Counts a submission of somebody at a moment. */
function active(userId: string, at: string, known: string | null, browser?: string): Promise<void> {
  return recordActivity(test.db, userId, { known, browser }, new Date(at))
}

describe('an active day', () => {
  it('is kept with the submission that makes it, and counts those that follow', async () => {
    const { id } = await newLearner()
    const before = Date.now()
    await send(id, 'one')
    await send(id, 'two')
    const days = await listActiveDays(test.db, id)
    expect(days.reduce((sum, { submissions }) => sum + submissions, 0)).toBe(2)
    expect(days[0]?.firstAt.getTime()).toBeGreaterThanOrEqual(before)
    expect(days.at(-1)?.lastAt.getTime()).toBeLessThanOrEqual(Date.now())
  })

  it('is not kept for a submission that is refused', async () => {
    const { id } = await newLearner()
    await expect(send(id, 'x'.repeat(70_000))).rejects.toMatchObject({ code: 'source-too-large' })
    for (let count = 0; ; count++) {
      const refused = await send(id, `waits ${count}`).then(() => null, (error: unknown) => error)
      if (!refused) continue
      expect(refused).toMatchObject({ code: 'too-many-waiting' })
      const [day] = await listActiveDays(test.db, id)
      expect(day?.submissions).toBe(count)
      return
    }
  })

  it('is the date that clocks show where the account is', async () => {
    const { id } = await newLearner()
    await active(id, '2026-03-01T23:30:00Z', 'Asia/Tokyo')
    await active(id, '2026-03-01T23:40:00Z', 'America/New_York')
    expect((await listActiveDays(test.db, id)).map(({ day, firstZone }) => [day, firstZone])).toEqual([
      ['2026-03-01', 'America/New_York'], ['2026-03-02', 'Asia/Tokyo'],
    ])
  })

  it('reaches from its first submission to its last one, in whatever order they are written', async () => {
    const { id } = await newLearner()
    await active(id, '2026-03-01T12:00:00Z', 'UTC')
    await active(id, '2026-03-01T09:00:00Z', 'Europe/Berlin')
    await active(id, '2026-03-01T15:00:00Z', 'Europe/London')
    expect(await listActiveDays(test.db, id)).toEqual([{
      day: '2026-03-01', submissions: 3, firstZone: 'Europe/Berlin', lastZone: 'Europe/London',
      firstAt: new Date('2026-03-01T09:00:00Z'), lastAt: new Date('2026-03-01T15:00:00Z'),
    }])
  })

  it('adds up when many are written at the same moment', async () => {
    const { id } = await newLearner()
    await Promise.all(Array.from({ length: 20 }, () => active(id, '2026-03-01T12:00:00Z', 'UTC')))
    expect(await listActiveDays(test.db, id)).toMatchObject([{ submissions: 20 }])
  })
})

describe('the time zone of an account', () => {
  it('is at first what the browser says, and stays it', async () => {
    const { id } = await newLearner()
    expect(await zoneOf(id)).toBeNull()
    await send(id, 'one', 'Asia/Tokyo')
    expect(await zoneOf(id)).toBe('Asia/Tokyo')
    await send(id, 'two', 'Europe/Berlin')
    expect(await zoneOf(id)).toBe('Asia/Tokyo')
    expect((await listActiveDays(test.db, id)).map(({ lastZone }) => lastZone)).toEqual(['Asia/Tokyo'])
  })

  it.each([undefined, '', 'Moon/Crater', '+05:00', 'x'.repeat(500), "'; drop table users"])(
    'is not taken from a browser that says %j; the day is one of UTC', async (zone) => {
      const { id } = await newLearner()
      await send(id, 'one', zone)
      expect(await zoneOf(id)).toBeNull()
      expect(await listActiveDays(test.db, id)).toMatchObject([{ firstZone: 'UTC' }])
    },
  )

  it('can be changed, and the days that were counted stay with the streak', async () => {
    const { id } = await newLearner()
    await active(id, '2026-03-01T10:00:00Z', 'Pacific/Auckland')
    await active(id, '2026-03-02T09:00:00Z', 'Pacific/Auckland')
    const days = await listActiveDays(test.db, id)
    await saveTimeZone(id, 'Pacific/Honolulu')
    expect(await listActiveDays(test.db, id)).toEqual(days)
    const { streaks, today } = await ownProfile(id, 'UTC', Date.parse('2026-03-03T09:00:00Z'))
    expect([today, streaks.current]).toEqual(['2026-03-02', 2])
  })
})

describe('the migration', () => {
  it('gives days of UTC to those who submitted before there were any', async () => {
    const { id } = await newLearner()
    await send(id, 'one')
    await send(id, 'two')
    await test.db.$executeRaw`update submissions set submitted_at = '2026-03-01T23:59:59.999Z' where user_id = ${id}::uuid`
    await send(id, 'three')
    await test.db.$executeRaw`delete from active_days`
    const { readFileSync } = await import('node:fs')
    const script = readFileSync('prisma/migrations/20261121200500_profiles/migration.sql', 'utf8')
    await test.db.$executeRawUnsafe(script.slice(script.indexOf('INSERT INTO "active_days"')))
    const [first, second] = await listActiveDays(test.db, id)
    expect(first).toMatchObject({ day: '2026-03-01', submissions: 2, firstZone: 'UTC', lastZone: 'UTC' })
    expect(second).toMatchObject({ submissions: 1 })
  })
})
