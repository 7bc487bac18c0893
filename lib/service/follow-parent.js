/*
 * Imported first by each process that `npm start` starts. When the parent is gone, however it ended, the channel to it
 * closes; the process then stops as if it had been asked to, and at the latest a while later. Without a parent that
 * opened a channel it does nothing. Plain JavaScript, since the web process runs without a TypeScript loader.
 */
import { closeSync, openSync } from 'node:fs'
import { devNull } from 'node:os'

const PATIENCE_MS = 10_000

// `undefined` where there never was a channel; `false` when the parent was gone before this line was reached.
if (process.connected !== undefined) {
  if (!process.connected) process.exit(1)
  process.once('disconnect', stop)
  // The channel alone must not keep a process alive that has nothing left to do.
  process.channel?.unref()
}

function stop() {
  // Nobody reads the output any more. pino would try for ever to write its last lines into the broken pipe.
  for (const output of [1, 2]) {
    closeSync(output)
    // Takes the number that has just become free.
    openSync(devNull, 'w')
  }
  process.kill(process.pid, 'SIGTERM')
  setTimeout(() => process.exit(1), PATIENCE_MS).unref()
}
