import fc from 'fast-check'
import type { LatePolicy } from '@/lib/contract/late-policy'
import type { Exception, Item, MarkedSet } from '@/lib/marks/terms'
import { endOfLateDay, type Submission, type World } from '../oracle'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Days, in UTC, around which clocks are changed, and the leap day. The last zone never changes its clocks. */
const DATES: Record<string, string[]> = {
  'Europe/Berlin': ['2026-03-29', '2026-10-25', '2028-02-29'],
  'America/New_York': ['2026-03-08', '2026-11-01', '2028-02-29'],
  'Australia/Lord_Howe': ['2026-04-05', '2026-10-04', '2028-02-29'],
  'Asia/Shanghai': ['2026-05-01', '2028-02-29'],
}

const EXERCISES = ['lru', 'raft', 'trie']

const timeZones = fc.constantFrom(...Object.keys(DATES))

/** What the sets of a world have in common. */
interface Setting {
  timeZone: string
  date: string
  /** Sets that draw on the same grace days are the ones that get into each other's way. */
  onlyGraceDays: boolean
  /** When all of them are due; null for each at a time of its own. */
  dueAt: number | null
}

const settings: fc.Arbitrary<Setting> = timeZones.chain((timeZone) => fc.record({
  timeZone: fc.constant(timeZone),
  date: fc.constantFrom(...DATES[timeZone]!),
  onlyGraceDays: fc.boolean(),
})).chain((setting) => fc.record({
  timeZone: fc.constant(setting.timeZone),
  date: fc.constant(setting.date),
  onlyGraceDays: fc.constant(setting.onlyGraceDays),
  dueAt: fc.option(dueTimes(setting), { freq: 1 }),
}))

/** Due times on the days before and after, most of them at an odd half hour of the night. */
function dueTimes({ date }: Pick<Setting, 'date'>): fc.Arbitrary<number> {
  return fc.tuple(
    fc.integer({ min: -72, max: 72 }),
    fc.constantFrom(0, 0, 1, 59_999, 60_000, 12 * MINUTE + 345),
  ).map(([halfHours, rest]) => Date.parse(`${date}T00:00:00Z`) + halfHours * HOUR / 2 + rest)
}

const percent = fc.integer({ min: 0, max: 100 })

function policies(dueAt: number, onlyGraceDays: boolean): fc.Arbitrary<LatePolicy> {
  const timeline = fc.tuple(
    fc.uniqueArray(percent, { minLength: 1, maxLength: 4 }),
    fc.uniqueArray(fc.integer({ min: -40, max: 80 }), { minLength: 4, maxLength: 4 }),
  ).map(([percents, hours]): LatePolicy => {
    const falling = [...percents].sort((a, b) => b - a)
    const times = [...hours].sort((a, b) => a - b)
    return {
      kind: 'timeline',
      steps: falling.map((each, index) => ({ until: new Date(dueAt + times[index]! * HOUR).toISOString(), percent: each })),
    }
  })
  const graceDays = fc.integer({ min: 1, max: 4 }).map((most): LatePolicy => ({ kind: 'grace-days', most }))
  if (onlyGraceDays) return graceDays
  return fc.oneof(
    fc.constant<LatePolicy>({ kind: 'none' }),
    fc.record({ kind: fc.constant('per-day' as const), percent: fc.integer({ min: 1, max: 100 }), floor: percent }),
    timeline,
    graceDays,
  )
}

function exceptions(set: Pick<MarkedSet, 'dueAt' | 'closesAt'>): fc.Arbitrary<Exception | null> {
  const moved = fc.tuple(fc.integer({ min: -3, max: 5 }), fc.constantFrom(0, 0, -1, 1, HOUR, HOUR / 2))
  return fc.option(fc.record({
    dueAt: fc.option(moved.map(([days, rest]) => set.dueAt + days * DAY + rest)),
    closesAt: fc.option(moved.map(([days, rest]) => set.closesAt + days * DAY + rest)),
    attemptLimit: fc.option(fc.integer({ min: 1, max: 4 })),
    exempt: fc.integer({ min: 0, max: 4 }).map((drawn) => drawn === 0),
  }), { freq: 2 }).chain((drawn) => fc.constantFrom(drawn, null))
}

function itemsOf(setId: string): fc.Arbitrary<Item[]> {
  const one = fc.record({
    points: fc.oneof(fc.integer({ min: 0, max: 20 }), fc.constantFrom(1, 3, 7, 10_000)),
    kind: fc.constantFrom('required' as const, 'choice' as const, 'choice' as const, 'optional' as const),
  })
  return fc.tuple(fc.shuffledSubarray(EXERCISES, { minLength: 1 }), fc.array(one, { minLength: 3, maxLength: 3 }))
    .map(([exercises, rest]) => exercises.map((exercise, index) => ({ id: `${setId}/${exercise}`, exercise, ...rest[index]! })))
}

function setOf(id: string, setting: Setting): fc.Arbitrary<World['sets'][number]> {
  const dueTime = setting.dueAt === null ? dueTimes(setting) : fc.constant(setting.dueAt)
  return dueTime.chain((dueAt) => fc.record({
    id: fc.constant(id),
    opensAt: fc.constantFrom(0, 1, HOUR, DAY, 3 * DAY).map((before) => dueAt - before),
    dueAt: fc.constant(dueAt),
    closesAt: fc.constantFrom(0, 1, DAY - 1, DAY, DAY + HOUR, 4 * DAY, 5 * DAY, 5 * DAY).map((after) => dueAt + after),
    latePolicy: policies(dueAt, setting.onlyGraceDays),
    attemptLimit: fc.option(fc.integer({ min: 1, max: 4 })),
    pickCount: fc.integer({ min: 0, max: 3 }),
    items: itemsOf(id),
  })).chain((set) => fc.record({ set: fc.constant(set), own: exceptions(set), section: exceptions(set) }))
}

/** All times at which something changes for the student, in one set. */
function boundaries({ set, own, section }: World['sets'][number], timeZone: string): number[] {
  const dues = [set.dueAt, own?.dueAt, section?.dueAt].filter((at) => typeof at === 'number')
  const closes = [set.closesAt, own?.closesAt, section?.closesAt].filter((at) => typeof at === 'number')
  const { latePolicy } = set
  const steps = latePolicy.kind !== 'timeline' ? []
    : latePolicy.steps.flatMap(({ until }) => dues.map((dueAt) => Date.parse(until) + dueAt - set.dueAt))
  const days = dues.flatMap((dueAt) => [1, 2, 3, 4, 5].map((day) => endOfLateDay(dueAt, day, timeZone)))
  // Where days of 24 hours would end, and where they would if clocks were an hour off.
  const wrong = dues.flatMap((dueAt) => [1, 2].flatMap((day) => [-HOUR, 0, HOUR].map((off) => dueAt + day * DAY + off)))
  return [set.opensAt, ...dues, ...closes, ...steps, ...days, ...days, ...wrong]
}

function submissionsAt(times: number[]): fc.Arbitrary<Submission[]> {
  const drawnResults = fc.constantFrom(10, 20, 40, 7, 3).chain((maxScore) =>
    fc.integer({ min: 0, max: maxScore }).map((score) => ({ score, maxScore })))
  const one = fc.record({
    exercise: fc.constantFrom(...EXERCISES),
    at: fc.tuple(fc.constantFrom(...times), fc.constantFrom(-1, 0, 1)).map(([at, off]) => at + off),
    result: fc.option(drawnResults, { freq: 8 }),
    wasError: fc.integer({ min: 0, max: 4 }).map((drawn) => drawn === 0),
  })
  return fc.tuple(fc.array(one, { minLength: 4, maxLength: 24 }), fc.boolean()).map(([drawn, isLearning]) => {
    const inTime = [...drawn].sort((a, b) => a.at - b.at)
    // Whoever gets better has something to gain from what is late.
    const results = drawn.map(({ result }) => result)
    if (isLearning) results.sort((a, b) => shareOf(a) - shareOf(b))
    return inTime.map((each, index) => ({ ...each, result: results[index] ?? null, id: `s${String(index).padStart(2, '0')}` }))
  })
}

function shareOf(result: Submission['result']): number {
  return result ? result.score / result.maxScore : 0
}

/** One student of a class, with everything that marks rest on. */
export const worlds: fc.Arbitrary<World> = settings.chain((setting) =>
  fc.tuple(setOf('a', setting), setOf('b', setting), setOf('c', setting)).chain((drawn) =>
    fc.integer({ min: 1, max: 3 }).chain((count) => {
      const { timeZone } = setting
      const sets = drawn.slice(0, count)
      const times = sets.flatMap((each) => boundaries(each, timeZone))
      const items = sets.flatMap(({ set }) => set.items.map(({ id }) => id))
      return fc.record({
        now: fc.constantFrom(...times),
        timeZone: fc.constant(timeZone),
        graceDays: fc.integer({ min: 0, max: 4 }),
        sets: fc.shuffledSubarray(sets, { minLength: sets.length }),
        submissions: submissionsAt(times),
        overrides: fc.array(fc.tuple(fc.constantFrom(...items), fc.integer({ min: 0, max: 2_000 })), { maxLength: 2 })
          .map((pairs) => new Map(pairs)),
      })
    })))
