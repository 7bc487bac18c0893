import { parentPort } from 'node:worker_threads'
import { reportUnhandled } from '@/lib/runtime/run-tests'
import { judgeSolution } from './judge-solution'
import { listTests } from './list-tests'
import type { JudgeReply, JudgeRequest } from './messages'

/*
 * A judge: the thread in which hidden tests and matchers live. It takes one task at a time, and many in its life; the
 * host replaces it whenever anything about a task was out of order.
 */

const port = parentPort
if (!port) throw new Error('the judge is a worker thread')

const reply = (message: JudgeReply): void => port.postMessage(message)

// What hidden tests print is for nobody.
for (const name of Object.keys(console)) Reflect.set(console, name, () => {})

// An error that no test could catch fails the run. Without a run it is ours, and ends the thread.
for (const event of ['unhandledRejection', 'uncaughtException'] as const) {
  process.on(event, (error: unknown) => {
    if (!reportUnhandled(error)) setImmediate(() => process.exit(1))
  })
}

port.on('message', (request: JudgeRequest) => {
  // A rejection ends the thread, which tells the host.
  void answer(request)
})

async function answer(request: JudgeRequest): Promise<void> {
  if (request.type === 'list') return reply({ type: 'listed', ...(await listTests(request.tests)) })
  const outcome = await judgeSolution(
    request.task,
    () => reply({ type: 'started' }),
    (test) => reply({ type: 'ended', test }),
  )
  reply({ type: 'judged', outcome })
}

reply({ type: 'ready' })
