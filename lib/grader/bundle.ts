import path from 'node:path'
import { type Built, type Esbuild, keepBundles, ROOT } from '@/lib/programs/kept-bundles'

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

/** Name of the bundle to its entry. `.cjs` where Node loads it: this package's `.js` files are modules. */
const ENTRIES = {
  'guest.js': 'lib/grader/guest/main.ts',
  'judge.cjs': 'lib/grader/judge/worker.ts',
  'probe.js': 'lib/grader/host/probe/hostile.ts',
  'escaped.js': 'lib/grader/host/probe/escaped.ts',
} as const

/** Bundles what guests and judges run, unless that was done from the same sources before. */
export async function buildGraderBundles(): Promise<GraderBundles> {
  const { hash, file } = await keepBundles('grader', build)
  return { guest: file('guest.js'), judge: file('judge.cjs'), probe: file('probe.js'), escaped: file('escaped.js'), hash }
}

async function build(esbuild: Esbuild): Promise<Built> {
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
    const inputs = Object.keys(result.metafile.inputs)
    const text = result.outputFiles[0]?.text ?? ''
    return { name, code: name === 'guest.js' ? asText(text, name) : text, inputs }
  }))
  return {
    files: Object.fromEntries(results.map(({ name, code }) => [name, code])),
    inputs: [...results.flatMap(({ inputs }) => inputs), path.relative(ROOT, import.meta.filename)],
  }
}

/**
 * Deno reads every script by itself before the engine does, to find its imports. Text it leaves to the engine, which reads
 * only as much of it as runs.
 */
function asText(script: string, name: string): string {
  return `(0, eval)(${JSON.stringify(`${script}\n//# sourceURL=${name}`)})\n`
}
