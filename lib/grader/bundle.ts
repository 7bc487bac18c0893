import { createHash, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** Scripts that the sandbox is made of, as paths. */
export interface GraderBundles {
  /** Run by each guest; one classic script. */
  guest: string
  /** Run by each judge thread. */
  judge: string
  /** Run once by each host, in place of the guest's: tries what a solution must not be able to do. */
  probe: string
  /** Run by each host with all of Deno's permissions, to see what the jail denies. */
  escaped: string
  /** Of the judge and the guest: verdicts of another hash may differ. */
  hash: string
}

const ROOT = path.resolve(import.meta.dirname, '../..')
const GRADER = path.join(ROOT, '.handroll/grader')
/** Says which sources the bundles that are there were made from. */
const MANIFEST = path.join(GRADER, 'manifest.json')

/** Name of the bundle to its entry. `.cjs` where Node loads it: this package's `.js` files are modules. */
const ENTRIES = {
  'guest.js': 'lib/grader/guest/main.ts',
  'judge.cjs': 'lib/grader/judge/worker.ts',
  'probe.js': 'lib/grader/host/probe/hostile.ts',
  'escaped.js': 'lib/grader/host/probe/escaped.ts',
} as const

/** Bundles that have not been used for this long belong to no host that still runs. */
const STALE_MS = 14 * 24 * 60 * 60 * 1_000

interface Manifest {
  hash: string
  /** Sources relative to the root, to the hash of each. */
  inputs: Record<string, string>
}

/** Bundles what guests and judges run, unless that was done from the same sources before. */
export async function buildGraderBundles(): Promise<GraderBundles> {
  const known = readManifest()
  const hash = known && isCurrent(known) ? known.hash : await build()
  markUsed(path.join(GRADER, hash))
  const file = (name: keyof typeof ENTRIES): string => path.join(GRADER, hash, name)
  return { guest: file('guest.js'), judge: file('judge.cjs'), probe: file('probe.js'), escaped: file('escaped.js'), hash }
}

/** Bundles that nobody has used for long are removed. Those of another user are theirs to keep. */
function markUsed(folder: string): void {
  const now = new Date()
  try {
    utimesSync(folder, now, now)
  } catch {
    // Made by another user.
  }
}

async function build(): Promise<string> {
  // Loaded only when there is something to build.
  const esbuild = await import('esbuild')
  const results = await Promise.all(Object.entries(ENTRIES).map(async ([name, entry]) => {
    const isForNode = name.endsWith('.cjs')
    const result = await esbuild.build({
      entryPoints: [path.join(ROOT, entry)],
      absWorkingDir: ROOT,
      bundle: true,
      write: false,
      metafile: true,
      minifySyntax: true,
      minifyWhitespace: true,
      // Names of classes appear in messages. Keeping them by hand (`keepNames`) would slow every function down.
      minifyIdentifiers: !isForNode,
      target: 'es2022',
      format: isForNode ? 'cjs' : 'iife',
      platform: isForNode ? 'node' : 'browser',
      define: { 'process.env.NODE_ENV': '"production"' },
      tsconfig: path.join(ROOT, 'tsconfig.json'),
      logLevel: 'silent',
    })
    const inputs = Object.keys(result.metafile.inputs).filter((input) => existsSync(path.join(ROOT, input)))
    const text = result.outputFiles[0]?.text ?? ''
    return { name, code: name === 'guest.js' ? asText(text, name) : text, inputs }
  }))
  // The builder's own process would stay for as long as this one.
  await esbuild.stop()
  const hash = sha256(results.map(({ code }) => code).join('\0')).slice(0, 16)
  const folder = path.join(GRADER, hash)
  mkdirSync(folder, { recursive: true })
  for (const { name, code } of results) writeWhole(path.join(folder, name), code)
  const sources = [...new Set(results.flatMap(({ inputs }) => inputs))].sort()
  const inputs = Object.fromEntries(sources.map((source) => [source, sha256(readFileSync(path.join(ROOT, source)))]))
  writeWhole(MANIFEST, JSON.stringify({ hash, inputs } satisfies Manifest))
  removeStale()
  return hash
}

/**
 * Deno reads every script by itself before the engine does, to find its imports. Text it leaves to the engine, which reads
 * only as much of it as runs.
 */
function asText(script: string, name: string): string {
  return `(0, eval)(${JSON.stringify(`${script}\n//# sourceURL=${name}`)})\n`
}

function readManifest(): Manifest | null {
  try {
    return JSON.parse(readFileSync(MANIFEST, 'utf8')) as Manifest
  } catch {
    return null
  }
}

function isCurrent({ hash, inputs }: Manifest): boolean {
  const bundles = Object.keys(ENTRIES).map((name) => path.join(GRADER, hash, name))
  return bundles.every(existsSync) && Object.entries(inputs).every(([source, known]) => {
    const file = path.join(ROOT, source)
    return existsSync(file) && sha256(readFileSync(file)) === known
  })
}

function removeStale(): void {
  for (const name of readdirSync(GRADER)) {
    const folder = path.join(GRADER, name)
    if (/^[0-9a-f]{16}$/.test(name) && Date.now() - statSync(folder).mtimeMs > STALE_MS) {
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

/** Another process may be building the same at the same time; nobody ever sees half a file. */
function writeWhole(file: string, text: string): void {
  const draft = `${file}.${randomUUID()}`
  writeFileSync(draft, text)
  renameSync(draft, file)
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex')
}
