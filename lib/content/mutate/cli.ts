import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { toolVersion } from '../check/cache'
import { isOwnExercises, REPOSITORY } from '../check/repository'
import { exercisesDir } from '../exercises-dir'
import { loadCatalogue } from '../load-catalogue'
import { judgeExercise } from './judge-exercise'
import { readJustifications } from './justified'
import { percent, reportPage, survivorLine } from './report'
import { type ExerciseScore, REQUIRED_SCORE, scoreExercise } from './score'

const USAGE = `npm run exercises:mutate -- [<topic>/<exercise> ...] [options]

Changes each reference a little, one change at a time, and asks whether the hidden tests notice.
  <topic>/<exercise>    all exercises of EXERCISES_DIR when left out; a <topic> means all of its exercises
  --survivors           prints every change that they did not notice
  --json                prints those as entries for the file of justifications, which want only a reason
  --justified <file>    changes that no test could notice; for the project's own exercises
                        tests/content/mutation/justified.json by default
  --all                 also what has been tried before and has not changed
`

const OWN_JUSTIFIED = path.join(REPOSITORY, 'tests/content/mutation/justified.json')
/** Whatever may change a result, besides the exercise itself. */
const TOOLS = ['lib/content/mutate', 'lib/compile', 'lib/runtime']

const PAGE = path.join(REPOSITORY, 'docs/mutation.md')

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      survivors: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      justified: { type: 'string' },
      all: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(USAGE)
    return 0
  }
  const dir = exercisesDir()
  const isOwn = isOwnExercises(dir)
  const { catalogue } = await loadCatalogue(dir)
  const all = catalogue.topics.flatMap((topic) => topic.exercises)
  const isWanted = (place: string): boolean =>
    positionals.length === 0 || positionals.some((each) => `${place}/`.startsWith(`${each.replace(/\/$/, '')}/`))
  const wanted = all.filter(({ topic, slug }) => isWanted(`${topic}/${slug}`))
  if (wanted.length === 0) {
    process.stderr.write(`no exercise of that name in ${dir}\n`)
    return 2
  }

  const justifiedFile = values.justified ?? (isOwn ? OWN_JUSTIFIED : null)
  const justifications = justifiedFile === null ? {} : await readJustifications(justifiedFile)
  const version = await toolVersion(TOOLS)
  const scores: ExerciseScore[] = []
  for (const { topic, slug, files } of wanted) {
    const place = `${topic}/${slug}`
    try {
      const judged = await judgeExercise(files, {
        cacheDir: path.resolve('.handroll/cache/mutate'),
        useCache: !values.all,
        toolVersion: version,
        onProgress: (done, total) => showProgress(place, done, total),
      })
      const score = scoreExercise(place, judged, justifications[place] ?? [])
      scores.push(score)
      print(score, values)
    } catch (error) {
      console.error(`${place}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  if (scores.length < wanted.length) return 2
  if (isOwn && positionals.length === 0) {
    await writeFile(PAGE, reportPage(scores, new Date().toISOString().slice(0, 10)))
  }
  return summarize(scores)
}

function print(score: ExerciseScore, options: { survivors: boolean; json: boolean }): void {
  const { place, mutants, killed, timeouts, survivors, justified, stale } = score
  const counts = `${mutants} mutants, ${killed} killed, ${timeouts} timeouts, ${survivors.length} survived`
  console.log(`${percent(score.score).padStart(7)}  ${place}  ${counts}, ${justified.length} justified`)
  if (options.survivors) for (const mutant of survivors) console.log(survivorLine(mutant))
  if (options.json) {
    const entries = survivors.map(({ mutator, context, original, replacement }) => {
      return { mutator, context, original, replacement, why: '' }
    })
    console.log(JSON.stringify({ [place]: entries }, null, 2))
  }
  for (const { mutator, context } of stale) console.log(`  justified without need: ${mutator} in ${context}`)
}

function summarize(scores: readonly ExerciseScore[]): number {
  const low = scores.filter(({ score }) => score < REQUIRED_SCORE)
  const stale = scores.filter((score) => score.stale.length > 0)
  for (const { place, score } of low) console.log(`${place} kills ${percent(score)}; ${percent(REQUIRED_SCORE)} is asked`)
  for (const { place } of stale) console.log(`${place} has justifications that justify nothing`)
  return low.length + stale.length === 0 ? 0 : 1
}

/** One line that renews itself on a terminal; nothing elsewhere. */
function showProgress(place: string, done: number, total: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${done === total ? '' : `${place}: ${done} of ${total}`}`)
}

main().then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    console.error(error)
    process.exitCode = 2
  },
)
