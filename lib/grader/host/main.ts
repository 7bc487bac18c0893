import { HostRequest, type HostReply } from '../messages'
import { startSandboxHost, type SandboxHost, type SandboxHostOptions } from './sandbox-host'

/*
 * The sandbox host: the one process from which solutions are compiled, run and judged. It is forked with an empty
 * environment, knows no database, and speaks only with its parent. It ends when the parent does.
 */

let host: Promise<SandboxHost> | null = null

const reply = (message: HostReply): void => {
  // The parent may be gone by now.
  if (process.connected) process.send?.(message)
}

process.on('message', (message) => {
  const request = HostRequest.parse(message)
  if (request.type === 'start') void (host = start(request)).catch(() => {})
  // It could not: the parent sees it end, starts another one and lets that grade what this one had in hand.
  else if (request.type === 'grade') void grade(request).catch(() => process.exit(1))
  else if (request.type === 'ping') reply({ type: 'pong' })
  else void end()
})
process.once('disconnect', () => void end())
// A terminal sends these to the parent as well, which decides when grading ends.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})

async function start(options: SandboxHostOptions): Promise<SandboxHost> {
  try {
    const started = await startSandboxHost(options)
    reply({ type: 'ready', runtimeVersion: started.runtimeVersion, layers: started.layers })
    return started
  } catch (error) {
    reply({ type: 'unable', message: error instanceof Error ? error.message : String(error) })
    throw error
  }
}

async function grade({ id, task, priority }: Extract<HostRequest, { type: 'grade' }>): Promise<void> {
  const { grade: gradeTask } = await (host ?? Promise.reject(new Error('grading has not been started')))
  reply({ type: 'graded', id, verdict: await gradeTask(task, priority) })
}

async function end(): Promise<void> {
  const started = await host?.catch(() => null)
  await started?.close()
  process.exit(0)
}
