/*
 * Writes the typed database client of prisma/schema.prisma to lib/db/generated. Runs after every `npm ci`, and is
 * plain JavaScript so that it needs nothing but Node.
 *
 * `prisma generate` looks for a schema engine binary and fetches one from its vendor when there is none, although it
 * never starts it. Naming any executable that exists keeps the installation offline; migrations use the same engine
 * as WebAssembly (lib/db/migrate/engine.ts).
 */
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import path from 'node:path'

const root = path.join(import.meta.dirname, '../..')
const prisma = createRequire(import.meta.url).resolve('prisma/build/index.js')

const run = spawnSync(process.execPath, [prisma, 'generate', '--no-hints'], {
  cwd: root,
  encoding: 'utf8',
  env: {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  },
})

if (run.status !== 0) {
  console.error(run.stdout + run.stderr)
  console.error('The database client could not be generated from prisma/schema.prisma; see the lines above.')
  process.exit(1)
}
