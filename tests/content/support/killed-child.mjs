import { appendFileSync, readFileSync } from 'node:fs'
import path from 'node:path'

/*
 * A process for the check's runs that is killed in the first run of each source that says how often it wants to be:
 * `kill 1`. It counts in a file, since every kill is followed by a new process.
 */
process.once('message', async ({ runs, scratch }) => {
  const tell = (message) => new Promise((resolve) => process.send(message, undefined, undefined, resolve))
  const log = path.join(path.dirname(path.dirname(scratch)), 'kills')
  for (const { id, source } of runs) {
    await tell({ kind: 'started', id })
    appendFileSync(log, '')
    const kills = readFileSync(log, 'utf8').split('\n').filter((line) => line === id).length
    if (kills < Number(source.replace('kill ', ''))) {
      appendFileSync(log, `${id}\n`)
      process.kill(process.pid, 'SIGKILL')
    }
    await tell({ kind: 'ended', id, tests: [], fault: null, wallMs: 1 })
  }
  await tell({ kind: 'finished' })
  process.exit(0)
})
