import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import os, { cpus } from 'node:os'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { gradeExercises } from '@/prisma/seed/graded-sources'
import { MOST_ITEMS } from '@/prisma/seed/plan-sets'
import { seedClass } from '@/prisma/seed/seed-class'
import { closeDatabase, database } from '@/lib/db/client'
import { listImprovingAttempts } from '@/lib/db/gradebook'
import { applyMigrations } from '@/lib/db/migrate/apply'
import { markClass } from '@/lib/learn/classes/class-marks'
import { readGradebook } from '@/lib/learn/classes/gradebook'
import { prepareEmbedded } from '@/lib/service/postgres/embedded'
import { formatTable, type Measured } from './figures'
import { recomputeAll } from './gradebook-baseline'

/*
 * npm run bench:gradebook: a demo class of 200 students and 60 exercises with 50,000 submissions, in a real Postgres of its
 * own. The baseline fetches every graded submission and marks them all; both give the same marks, which is checked.
 */

const STUDENTS = 200
const SUBMISSIONS = 50_000
const WARM_UP = 5
const RUNS = Number(process.env.BENCH_RUNS) || 60
const QUERY_GOAL_MS = 100

const dataDir = mkdtempSync(path.join(os.tmpdir(), 'handroll-bench-'))
chmodSync(dataDir, 0o755)
const prepared = await prepareEmbedded(dataDir)
const server = await prepared.start()
try {
  process.env.DATABASE_URL = prepared.url
  await applyMigrations(prepared.url)
  const db = database()
  const graded = await gradeExercises(MOST_ITEMS, say)
  const seeded = await seedClass(db, graded, { students: STUDENTS, submissions: SUBMISSIONS, seed: 1, now: Date.now(), onStep: say })
  // What Postgres does by itself within a minute of so many inserts.
  for (const table of ['submissions', 'verdicts', 'class_members']) await db.$executeRawUnsafe(`vacuum analyze ${table}`)

  const row = await db.class.findUniqueOrThrow({ where: { id: seeded.classId } })
  const marks = await markClass(db, row)
  const userIds = marks.students.map(({ userId }) => userId)
  const items = marks.sets.flatMap(({ set }) => set.items.map(({ id, exercise }) => ({ id, exercise, opensAt: set.opensAt })))
  const instructor = { id: seeded.instructorId, role: 'instructor' as const }
  const total = (students: typeof marks.students) => students.reduce((sum, each) => sum + each.marks.total, 0)
  const plain = await recomputeAll(db, row, marks)
  if (total(plain) !== total(marks.students)) throw new Error('The baseline gives other marks.')

  say('measuring')
  const query = await measure(() => listImprovingAttempts(db, userIds, items))
  const whole = await measure(() => readGradebook(instructor, seeded.classId))
  const baseline = await measure(() => recomputeAll(db, row, marks))
  const bytes = Buffer.byteLength(JSON.stringify(await readGradebook(instructor, seeded.classId)))
  const rows: Measured[] = [
    { what: 'query of all cells', values: query, goal: { value: QUERY_GOAL_MS } },
    { what: 'readGradebook, all of it', values: whole, goal: { value: 500 } },
    { what: 'baseline: every verdict fetched and marked', values: baseline },
    { what: 'gradebook as JSON', values: [bytes / 2 ** 20], unit: 'MiB' },
  ]
  console.log(`\n${STUDENTS} students x ${items.length} exercises, ${seeded.submissions} submissions, ${cpus().length} cores, `
    + `Node ${process.version}, load ${os.loadavg()[0]?.toFixed(1)}\n\n${formatTable(rows)}`)
} finally {
  await closeDatabase()
  await server.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
process.exit(0)

async function measure(work: () => Promise<unknown>): Promise<number[]> {
  const times = []
  for (let run = -WARM_UP; run < RUNS; run++) {
    const start = performance.now()
    await work()
    if (run >= 0) times.push(performance.now() - start)
  }
  return times
}

function say(step: string): void {
  console.log(`${step} ...`)
}
