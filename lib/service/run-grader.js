/*
 * A grader process. What it runs is bundled first, by a process that ends again. Plain JavaScript, since the process
 * stays for long and a TypeScript loader would stay with it.
 */
import './follow-parent.js'
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const bundler = path.join(import.meta.dirname, 'bundle-grader.ts')
const { status, stdout } = spawnSync(process.execPath, ['--import', 'tsx', bundler], {
  // The loader is found from here.
  cwd: path.resolve(import.meta.dirname, '../..'),
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'inherit'],
})
if (status !== 0) process.exit(1)
await import(pathToFileURL(stdout).href)
