import { cpus } from 'node:os'
import { rmSync } from 'node:fs'
import { freePort } from '@/lib/service/ports'
import { pressCtrlC, startNpm } from '@/tests/e2e/support/npm-command'
import { newDataDir } from '@/tests/service/support/site'
import { formatTable, type Measured } from './figures'
import { benchRunInBrowser } from './run-in-browser'
import { benchVitest } from './run-vitest'
import { findSolved } from './solved-exercise'
import { benchSubmit } from './submit'
import { benchSubmitInBrowser } from './submit-in-browser'

/*
 * npm run bench: how long a learner waits, over the real `npm start` and in a real Chromium, beside what `vitest run`
 * takes on the same files in the same minutes. Compare ratios, not milliseconds, between machines.
 */

const EXERCISE = 'lru-cache'

const solved = await findSolved(EXERCISE)
const dataDir = newDataDir()
const site = startNpm('start', dataDir, await freePort('127.0.0.1'), {})
try {
  say('starting the site')
  await site.line(/^Handroll is at /)
  await site.line(/\bgrading\b/)
  const origin = `http://localhost:${site.port}`
  const { source } = solved.hidden

  say('vitest run')
  const vitestVisible = await benchVitest('visible', solved.visible)
  const vitestHidden = await benchVitest('hidden', solved.hidden)
  say('Run in Chromium')
  const run = await benchRunInBrowser({ url: origin, exercise: EXERCISE, solution: source })
  say('Submit')
  const submit = await benchSubmit({ origin, databaseUrl: site.databaseUrl, exercise: EXERCISE, source })
  say('Submit in Chromium')
  const toPage = await benchSubmitInBrowser({ url: origin, exercise: EXERCISE, solution: source })

  const rows: Measured[] = [
    { what: 'Run, warm: press to result', values: run.warmMs, goal: { value: 50 }, comparedTo: vitestVisible },
    { what: 'Run, warm: while the editor checks types', values: run.checkingMs, comparedTo: vitestVisible },
    { what: 'Run, first after the page was loaded', values: run.firstAfterLoadMs, goal: { value: 1_500 } },
    { what: 'Submit: request to stored verdict', values: submit.storedMs, goal: { value: 60 }, comparedTo: vitestHidden },
    { what: 'Submit: press to verdict on the page', values: toPage, goal: { value: 120 }, comparedTo: vitestHidden },
    { what: 'Verdicts a second, queue never empty', values: [submit.perSecond], goal: { value: 20, atLeast: true }, unit: '/s' },
    { what: 'vitest run, visible tests', values: vitestVisible },
    { what: 'vitest run, hidden tests', values: vitestHidden },
  ]
  console.log(`\n${EXERCISE} on ${cpus().length} cores, Node ${process.version}\n\n${formatTable(rows)}`)
} finally {
  await pressCtrlC(site)
  rmSync(dataDir, { recursive: true, force: true })
}

function say(step: string): void {
  console.error(`measuring: ${step}`)
}
