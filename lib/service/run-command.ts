import { spawn } from 'node:child_process'
import type { Command } from './supervised-process'

/**
 * Runs a command in the place of this process until it ends. When it is to stop it is asked to, and killed when it
 * takes too long: a web process would wait for every page that follows something, minutes in which nobody is served.
 * @returns the exit code to pass on; 0 when it was stopped
 */
export async function runCommand({ args, env, stopPatienceMs }: Command, stop: AbortSignal): Promise<number> {
  const child = spawn(process.execPath, args, { env, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
  const ended = new Promise<number | null>((resolve, reject) => child.once('exit', resolve).once('error', reject))
  stop.addEventListener('abort', () => {
    child.kill('SIGTERM')
    setTimeout(() => child.kill('SIGKILL'), stopPatienceMs).unref()
  }, { once: true })
  const code = await ended
  return stop.aborted ? 0 : (code ?? 1)
}
