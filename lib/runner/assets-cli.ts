import { buildRunnerAssets } from './assets'

/* `tsx lib/runner/assets-cli.ts [--best]` builds the files of the editor and of Run into public/generated. */

const started = performance.now()
await buildRunnerAssets({ effort: process.argv.includes('--best') ? 'best' : 'fast' })
const seconds = ((performance.now() - started) / 1_000).toFixed(1)
console.log(`The files of the editor and of Run are in public/generated (${seconds} s).`)
