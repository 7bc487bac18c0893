import { parentPort } from 'node:worker_threads'
import { fixJudge } from '@/lib/runtime/membrane/judge-link'
import { reportUnhandled } from '@/lib/runtime/run-tests'
import { settleGlobals } from '../globals'
import { judgeSolution } from './judge-solution'
import { listTests } from './list-tests'
import type { JudgeReply, JudgeRequest } from './messages'
import { HIDDEN_GLOBALS } from './test-files'

/*
 * A judge: the thread in which hidden tests and matchers live. It takes one task at a time, and many in its life; the
 * host replaces it whenever anything about a task was out of order.
 */

// Taken before they are hidden from hidden tests, which run in this realm.
const { process, setImmediate } = globalThis
const port = parentPort
if (!port) throw new Error('the judge is a worker thread')

const reply = (message: JudgeReply): void => port.postMessage(message)

// An error that no test could catch fails the run. Without a run it is ours, and ends the thread.
for (const event of ['unhandledRejection', 'uncaughtException'] as const) {
  process.on(event, (error: unknown) => {
    if (!reportUnhandled(error)) setImmediate(() => process.exit(1))
  })
}

settleGlobals(HIDDEN_GLOBALS)
fixJudge()

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
