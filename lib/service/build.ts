import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { ROOT } from '@/lib/programs/kept-bundles'
import { isBuilt, sourceHash, stampBuild } from './build-stamp'

type Print = (line: string) => void

/**
 * Builds the site for production, unless the build that is there was made from the same sources. `stop` ends a build
 * half-way.
 * @returns whether there was anything to do
 * @throws Error with one sentence; all that the build wrote was printed before
 */
export async function buildIfStale(print: Print, stop?: AbortSignal): Promise<boolean> {
  const hash = sourceHash(ROOT)
  if (isBuilt(ROOT, hash)) return false
  print('the site is being built; this takes a minute, and only after a change')
  // One after the other: Next looks into public/ while it builds.
  await buildAssets()
  if (!stop?.aborted) await nextBuild(print, stop)
  if (stop?.aborted) return false
  stampBuild(ROOT, hash)
  return true
}

/** Builds what pages and graders load besides the site itself; all that `next dev` needs. */
export async function buildAssets(): Promise<void> {
  // Loaded only when there is something to build: most starts find everything in place.
  const { buildRunnerAssets } = await import('@/lib/runner/assets')
  await buildRunnerAssets({ root: ROOT })
  const { bundlePrograms } = await import('@/lib/programs/program')
  await bundlePrograms()
}

async function nextBuild(print: Print, stop?: AbortSignal): Promise<void> {
  const next = createRequire(import.meta.url).resolve('next/dist/bin/next')
  const env: NodeJS.ProcessEnv = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }
  const child = spawn(process.execPath, [next, 'build'], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const lines: string[] = []
  for (const output of [child.stdout, child.stderr]) {
    createInterface({ input: output }).on('line', (line) => lines.push(line))
  }
  stop?.addEventListener('abort', () => child.kill('SIGKILL'), { once: true })
  const code = await new Promise((resolve) => child.once('close', resolve))
  if (code === 0 || stop?.aborted) return
  for (const line of lines) print(line)
  throw new Error('The site could not be built; the lines above say why.')
}

// npm run build
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    const built = await buildIfStale(console.log)
    if (!built) console.log('The build is up to date.')
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
