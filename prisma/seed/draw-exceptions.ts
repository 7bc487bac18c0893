import type { Queries } from '@/lib/db/client'
import { addOverride } from '@/lib/db/mark-overrides'
import { putException } from '@/lib/db/set-exceptions'
import type { Random } from '@/lib/runtime/test-api/random'
import type { DrawnStudent } from './draw-submissions'
import type { PlannedSet } from './plan-sets'

const DAY = 24 * 3600 * 1000

const EXTENSION_REASONS = ['Ill, certificate seen', 'Moved house', 'Visa appointment', 'Child care']
const OVERRIDE_REASONS = ['Explained it in the oral exam', 'Solution was right, input was ambiguous', 'Copied from a neighbour']

export interface DemoClass {
  students: readonly DrawnStudent[]
  sectionIds: readonly string[]
  setIds: readonly string[]
  plan: readonly PlannedSet[]
  instructorId: string
  random: Random
}

/** A few of everything that an instructor decides for single people: extensions, exemptions, marks by hand. */
export async function drawExceptions(db: Queries, demo: DemoClass): Promise<void> {
  const { students, sectionIds, setIds, plan, random, instructorId } = demo
  const extended = (index: number, days: number) => ({
    dueAt: new Date(plan[index]!.dueAt + days * DAY), closesAt: null, attemptLimit: null, exempt: false,
  })
  for (const [index, setId] of setIds.entries()) {
    for (const { id } of random.shuffle([...students]).slice(0, 3)) {
      const fields = { ...extended(index, random.int(1, 5)), reason: random.pick(EXTENSION_REASONS) }
      await putException(db, setId, { userId: id }, fields)
    }
    if (index % 5 === 2) {
      const reason = 'The lab was closed'
      await putException(db, setId, { sectionId: random.pick([...sectionIds]) }, { ...extended(index, 2), reason })
    }
  }
  for (const { id } of random.shuffle([...students]).slice(0, 4)) {
    const setId = random.pick([...setIds])
    const reason = 'Joined late'
    await putException(db, setId, { userId: id }, { dueAt: null, closesAt: null, attemptLimit: null, exempt: true, reason })
  }
  await drawOverrides(db, demo, instructorId)
}

async function drawOverrides(db: Queries, { students, setIds, random }: DemoClass, givenBy: string): Promise<void> {
  const items = await db.problemSetItem.findMany({ where: { setId: { in: [...setIds] } }, orderBy: { id: 'asc' } })
  for (const { id: userId } of random.shuffle([...students]).slice(0, 12)) {
    const { id: itemId, points } = random.pick(items)
    const mark = random.int(0, points * 2) * 50
    await addOverride(db, { itemId, userId, mark, reason: random.pick(OVERRIDE_REASONS), givenBy })
  }
}
