import { parseArgs } from 'node:util'
import { openDatabase } from '@/lib/db/client'
import { applyMigrations } from '@/lib/db/migrate/apply'
import { borrowDatabase } from '@/lib/service/borrow-database'
import { runCli } from '@/lib/service/run-cli'
import { readSettings } from '@/lib/service/settings'
import { gradeExercises } from './graded-sources'
import { MOST_ITEMS } from './plan-sets'
import { seedBoards } from './seed-boards'
import { seedClass } from './seed-class'

/*
 * npm run db:seed [-- --students 200 --submissions 50000 --force]
 *
 * Fills a demo class through the tables that real classes use, and prints who can sign in. It takes the database of
 * `npm start`, running or not, or that of DATABASE_URL; one that has classes already is left alone without --force.
 */

const USAGE = 'npm run db:seed [-- --students <1 to 2000>] [--submissions <number>] [--force]'

await runCli(async () => {
  const { students, submissions, force } = readArguments()
  await borrowDatabase(readSettings(), async (url) => {
    await applyMigrations(url)
    const db = openDatabase(url, { poolSize: 2 })
    try {
      const others = await db.class.count()
      if (others > 0 && !force) {
        throw new Error(`This database has ${others === 1 ? 'a class' : `${others} classes`}. A demo class would stand among `
          + 'them; to make one nevertheless, add --force.')
      }
      const graded = await gradeExercises(MOST_ITEMS, say)
      if (graded.length === 0) throw new Error('There are no exercises to make sets of; look at EXERCISES_DIR.')
      const seeded = await seedClass(db, graded, { students, submissions, seed: 1, now: Date.now(), onStep: say })
      say('leaderboards')
      await seedBoards(db, seeded.classId)
      console.log(`\nThe class "Back-end engineering by hand" is at /classes/${seeded.classId}. Sign in as:`)
      for (const { role, email, password } of seeded.accounts) console.log(`  ${role.padEnd(10)} ${email}  ${password}`)
      console.log('All students (s001, s002, ...) have the same password.')
    } finally {
      await db.$disconnect()
    }
  })
  // The migration engine leaves a timer of ten seconds behind.
  process.exit(0)
})

function readArguments(): { students: number; submissions: number; force: boolean } {
  try {
    const { values } = parseArgs({
      options: {
        students: { type: 'string', default: '200' },
        submissions: { type: 'string', default: '50000' },
        force: { type: 'boolean', default: false },
      },
    })
    const [students, submissions] = [Number(values.students), Number(values.submissions)]
    const isFine = Number.isInteger(students) && students >= 1 && students <= 2_000
      && Number.isInteger(submissions) && submissions >= 0 && submissions <= 1_000_000
    if (isFine) return { students, submissions, force: values.force }
  } catch {
    // The usage says it all.
  }
  throw new Error(USAGE)
}

function say(step: string): void {
  console.log(`${step} ...`)
}
