import { spawn } from 'node:child_process'
import { Site as Command } from '@/tests/service/support/site'

/** Starts a command of package.json as a terminal does: in a process group that Ctrl-C reaches as a whole. */
export function startNpm(script: string, dataDir: string, port: number, environment: Record<string, string>): Command {
  // Vitest's own mode is none of the site's business.
  const { NODE_ENV: _, ...inherited } = process.env
  const own = { DATABASE_URL: '', HOST: '127.0.0.1', HANDROLL_DATA: dataDir, PORT: String(port), ...environment }
  const child = spawn('npm', ['--silent', 'run', script], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...inherited, ...own } as unknown as NodeJS.ProcessEnv,
  })
  return new Command(child, dataDir, port)
}

/** Presses Ctrl-C and waits for the end. */
export async function pressCtrlC({ process: { pid }, ended }: Command): Promise<void> {
  if (pid !== undefined) process.kill(-pid, 'SIGINT')
  await ended
}
