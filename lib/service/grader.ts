import { createGrader } from '@/lib/grader'
import { closeDatabase } from '@/lib/db/client'
import { applyMigrations } from '@/lib/db/migrate/apply'
import { catalogue } from '@/lib/learn/catalogue'
import { health } from '@/lib/learn/health'
import { toGradable } from '@/lib/learn/gradable-exercise'
import { followCatalogue } from '@/lib/learn/leaderboards/follow-catalogue'
import { findDatabase } from './database'
import { log } from './grader-log'
import { createGraderMetrics, serveMetrics } from './grader-metrics'
import { startGradingWorker } from './grading-worker'
import { runCli } from './run-cli'
import { childEnvironment, readSettings } from './settings'
import { aborted, stopSignal } from './stop-signal'

/* npm run grader: one grader process, by way of run-grader.js. Any number of them may work on the same database. */

await runCli(async () => {
  const stop = stopSignal()
  const settings = readSettings()
  const databaseUrl = await findDatabase(settings)
  Object.assign(process.env, childEnvironment(settings, databaseUrl))
  await applyMigrations(databaseUrl)
  const { graderConcurrency: concurrency, graderLayers: requiredLayers } = settings
  const grader = await createGrader({ concurrency, requiredLayers, studyMistakes: true })
  const { runtimeVersion, layers } = grader
  const metrics = createGraderMetrics({ concurrency, layers, measureQueue: async () => (await health()).queue })
  const metricsServer = settings.metricsPort === null ? null : await serveMetrics(metrics, { host: settings.host, port: settings.metricsPort })
  const worker = await startGradingWorker({ grader, databaseUrl, concurrency, runtimeVersion, layers, onGraded: metrics.observe })
  log.info({ concurrency, layers }, 'grading')
  const missing = Object.keys(layers).filter((layer) => !layers[layer])
  if (missing.length > 0) log.warn({ missing }, 'solutions are held without these layers of the sandbox (docs/operations.md)')
  const { topics } = await catalogue()
  grader.expect(topics.flatMap(({ exercises }) => exercises.map(toGradable)))
  // Grading need not wait for it: a verdict counts by what boards know of the catalogue, and is counted anew with it.
  followCatalogue().catch((error: unknown) => {
    log.error({ reason: error instanceof Error ? error.message : String(error) }, 'leaderboards do not follow the catalogue')
  })
  const reason = await Promise.race([aborted(stop), worker.broken, grader.lost])
  if (reason) log.error({ reason }, 'cannot go on')
  await worker.stop()
  metricsServer?.close()
  await grader.close()
  await closeDatabase()
  process.exit(reason ? 1 : 0)
})
