import { execFile } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { writeCase } from '@/lib/content/check/plain/case-folder'
import type { Run } from '@/lib/content/check/run'

/** Lays a run out in a new folder of that name; answers its path. */
export async function layOut(name: string, run: Run): Promise<string> {
  const root = path.resolve('.handroll/bench', name)
  rmSync(root, { recursive: true, force: true })
  mkdirSync(root, { recursive: true })
  await writeCase(root, 0, run)
  return root
}

/**
 * What a Node command takes from its start to its end, milliseconds, one for each round.
 * @throws Error when it fails, since then something else is measured
 */
export async function timeCommand(args: readonly string[], rounds: number, env = process.env): Promise<number[]> {
  const times: number[] = []
  // The first one also fills caches, on the disk and of the tool, which is nobody's fault.
  for (let round = 0; round <= rounds; round++) {
    const started = performance.now()
    await promisify(execFile)(process.execPath, args, { env })
    if (round > 0) times.push(performance.now() - started)
  }
  return times
}
