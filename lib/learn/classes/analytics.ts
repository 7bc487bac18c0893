import type { Viewer } from '@/lib/contract/account'
import type { ItemAnalytics, ItemFigures, SetAnalytics, SetFigures, StuckStudent } from '@/lib/contract/analytics'
import { ProblemError } from '@/lib/contract/problem'
import {
  listAttemptFigures, listBrokenRules, listLastFailures, listMisconceptions, type AttemptFigures, type Span,
} from '@/lib/db/analytics'
import type { ClassRow } from '@/lib/db/classes'
import type { Queries } from '@/lib/db/client'
import { maxOf, toMark } from '@/lib/marks/marks'
import type { Item, Mark } from '@/lib/marks/terms'
import { catalogue } from '../catalogue'
import { markClass, type ClassMarks, type StudentOfClass } from './class-marks'
import { countUse } from './count-use'
import { enterClass } from './enter-class'
import { attemptBins, markDistribution, median, timeBins } from './figures'
import { groupBy } from './group-by'
import { byName, compareNames, toRef } from './students'
import { findCause, MOST_LOOKED_AT, STUCK_AFTER } from './stuck'

type Person = Pick<Viewer, 'id' | 'role'>

/** The published sets of a class with how far it is in each, in order of their due times. */
export function listSetFigures(viewer: Person, classId: string): Promise<SetFigures[]> {
  return enterClass(viewer, classId, 'analytics.view', async (db, entry) => {
    await countUse(entry, 'analytics')
    const row = entry.class
    const marked = await markClass(db, row)
    return marked.sets.map(({ set, row: { title } }, place): SetFigures => {
      const group = new SetGroup(marked, place)
      const started = group.students.filter((student) => group.hasStarted(student))
      return {
        set: group.head(title),
        items: set.items.length,
        students: group.students.length,
        started: started.length,
        max: maxOf(set),
        medianMark: median(started.map((student) => group.totalOf(student))),
      }
    })
  })
}

/** @throws ProblemError `not-found` when the class has no such published set */
export async function getSetAnalytics(viewer: Person, classId: string, setId: string): Promise<SetAnalytics> {
  const { findExercise } = await catalogue()
  return enterClass(viewer, classId, 'analytics.view', async (db, entry) => {
    await countUse(entry, 'analytics')
    const row = entry.class
    const { group, title } = await readSet(db, row, setId)
    const { set, students } = group
    const exercises = set.items.map(({ exercise }) => exercise)
    const span = group.spanOf(exercises)
    const attempts = await listAttemptFigures(db, span)
    const stuck = await findStuck(db, group, span, attempts)
    const started = students.filter((student) => group.hasStarted(student))
    return {
      set: group.head(title),
      at: new Date(group.marked.now).toISOString(),
      students: students.length,
      exempt: group.marked.students.length - students.length,
      marks: markDistribution(
        started.map((student) => group.totalOf(student)), maxOf(set), students.length - started.length,
      ),
      items: set.items.map((item, place) => {
        return figuresOf(group, item, place, attempts, stuck, findExercise(item.exercise)?.manifest.title ?? null)
      }),
      notStarted: toRefs(students.filter((student) => !group.hasStarted(student))),
      stuck,
    }
  })
}

/** @throws ProblemError `not-found` when the class has no such published set, or the set no such exercise */
export async function getItemAnalytics(
  viewer: Person, classId: string, setId: string, slug: string,
): Promise<ItemAnalytics> {
  const exercise = (await catalogue()).findExercise(slug)
  return enterClass(viewer, classId, 'analytics.view', async (db, entry) => {
    await countUse(entry, 'analytics')
    const row = entry.class
    const { group, title } = await readSet(db, row, setId)
    const place = group.set.items.findIndex((item) => item.exercise === slug)
    const item = group.set.items[place]
    if (!item) throw new ProblemError('not-found', 'This problem set has no such exercise.')
    const span = group.spanOf([slug])
    const attempts = await listAttemptFigures(db, span)
    const [stuck, rules, misconceptions] = await Promise.all([
      findStuck(db, group, span, attempts), listBrokenRules(db, span), listMisconceptions(db, span),
    ])
    const isMarked = (student: StudentOfClass) =>
      group.hasStarted(student, item.id) || group.cellOf(student, place)?.overridden
    const marks = group.students.filter(isMarked).map((student) => group.cellOf(student, place)?.mark ?? 0)
    return {
      set: group.head(title),
      at: new Date(group.marked.now).toISOString(),
      figures: figuresOf(group, item, place, attempts, stuck, exercise?.manifest.title ?? null),
      marks: markDistribution(marks, toMark(item.points), group.students.length - marks.length),
      times: timeBins(timesOf(attempts)),
      attempts: attemptBins(attempts.flatMap(({ passedWith }) => passedWith ?? [])),
      rules: rules.sort((a, b) =>
        b.students - a.students || b.now - a.now || b.submissions - a.submissions || compareNames(a.name, b.name)),
      misconceptions: misconceptions
        .map((each) => {
          const known = exercise?.manifest.misconceptions.find(({ file }) => file === each.file)
          return { ...each, hint: known?.hint ?? null }
        })
        .sort((a, b) => b.students - a.students || compareNames(a.file, b.file)),
      notStarted: toRefs(group.students.filter((student) => !group.hasStarted(student, item.id))),
      stuck,
    }
  })
}

async function readSet(db: Queries, row: ClassRow, setId: string): Promise<{ group: SetGroup; title: string }> {
  const marked = await markClass(db, row)
  const place = marked.sets.findIndex(({ set }) => set.id === setId)
  const found = marked.sets[place]
  if (!found) throw new ProblemError('not-found', 'There is no such published problem set in this class.')
  return { group: new SetGroup(marked, place), title: found.row.title }
}

function toRefs(students: readonly StudentOfClass[]): SetAnalytics['notStarted'] {
  return students.map(({ member }) => toRef(member)).sort(byName)
}

/** One set, and those students of the class who are not exempt from it. */
class SetGroup {
  readonly students: readonly StudentOfClass[]

  constructor(readonly marked: ClassMarks, private readonly place: number) {
    this.students = marked.students.filter(({ terms }) => !terms[place]?.exempt)
  }

  get set(): ClassMarks['sets'][number]['set'] {
    return this.marked.sets[this.place]!.set
  }

  head(title: string): SetFigures['set'] {
    const { id, opensAt, dueAt } = this.set
    return {
      id, title, opensAt: new Date(opensAt).toISOString(), dueAt: new Date(dueAt).toISOString(),
      opened: opensAt <= this.marked.asOf,
    }
  }

  /** Whether they have submitted anything for an item, or for any of them. */
  hasStarted({ attempts, waiting }: StudentOfClass, itemId?: string): boolean {
    const ids = itemId === undefined ? this.set.items.map(({ id }) => id) : [itemId]
    return ids.some((id) => waiting.has(id) || (attempts.get(id)?.length ?? 0) > 0)
  }

  totalOf({ marks }: StudentOfClass): Mark {
    return marks.sets[this.place]?.total ?? 0
  }

  cellOf({ marks }: StudentOfClass, item: number) {
    return marks.sets[this.place]?.cells[item]
  }

  spanOf(exercises: readonly string[]): Span {
    const closesAt = ({ terms }: StudentOfClass) => terms[this.place]?.closesAt ?? this.set.closesAt
    return {
      exercises, opensAt: this.set.opensAt,
      students: this.students.map((student) => ({ userId: student.userId, closesAt: closesAt(student) })),
    }
  }
}

function figuresOf(
  group: SetGroup, item: Item, place: number, all: readonly AttemptFigures[], stuck: readonly StuckStudent[],
  title: ItemFigures['title'],
): ItemFigures {
  const attempts = all.filter(({ exercise }) => exercise === item.exercise)
  const started = group.students.filter((student) => group.hasStarted(student, item.id))
  return {
    itemId: item.id, exercise: item.exercise, title, kind: item.kind, max: toMark(item.points),
    students: group.students.length,
    started: started.length,
    passed: attempts.filter(({ passedAt }) => passedAt !== null).length,
    stuck: stuck.filter(({ itemId }) => itemId === item.id).length,
    medianMark: median(started.map((student) => group.cellOf(student, place)?.mark ?? 0)),
    medianAttempts: median(attempts.flatMap(({ passedWith }) => passedWith ?? [])),
    medianTimeMs: median(timesOf(attempts)),
  }
}

function timesOf(attempts: readonly AttemptFigures[]): number[] {
  return attempts.flatMap(({ passedAt, firstAt }) => (passedAt === null ? [] : passedAt - firstAt))
}

/** Those who have failed in the same way in several submissions, most often first. */
async function findStuck(
  db: Queries, group: SetGroup, span: Span, attempts: readonly AttemptFigures[],
): Promise<StuckStudent[]> {
  const pairs = attempts.filter(({ passedAt, attempts: count }) => passedAt === null && count >= STUCK_AFTER)
  const failures = pairs.length === 0 ? [] : await listLastFailures(db, pairs, span, MOST_LOOKED_AT)
  const failuresOf = groupBy(failures, pairOf)
  const students = new Map(group.students.map((student) => [student.userId, student]))
  const stuck = pairs.flatMap(({ userId, exercise }): StuckStudent[] => {
    const own = failuresOf.get(pairOf({ userId, exercise })) ?? []
    const student = students.get(userId)
    const item = group.set.items.find((each) => each.exercise === exercise)
    const cause = findCause(own)
    const [last] = own
    if (!cause || !last || !student || !item) return []
    const { submissionId, at } = last
    return [{
      ...cause, student: toRef(student.member), itemId: item.id, exercise, submissionId,
      at: new Date(at).toISOString(),
    }]
  })
  return stuck.sort((a, b) => b.times - a.times || byName(a.student, b.student))
}

function pairOf({ userId, exercise }: Pick<AttemptFigures, 'userId' | 'exercise'>): string {
  return `${userId} ${exercise}`
}
