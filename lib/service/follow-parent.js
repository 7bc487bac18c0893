/*
 * Loaded first in each process that `npm start` starts (`node --import`). When the parent is gone, however it ended,
 * the channel to it closes; the process then stops as if it had been asked to, and at the latest a while later.
 * Plain JavaScript, since the web process runs without a TypeScript loader.
 */
import { closeSync, openSync } from 'node:fs'
import { devNull } from 'node:os'

const PATIENCE_MS = 10_000

// The parent may be gone before this line is reached.
if (!process.connected) process.exit(1)

process.once('disconnect', () => {
  // Nobody reads the output any more. pino would try for ever to write its last lines into the broken pipe.
  for (const output of [1, 2]) {
    closeSync(output)
    // Takes the number that has just become free.
    openSync(devNull, 'w')
  }
  process.kill(process.pid, 'SIGTERM')
  setTimeout(() => process.exit(1), PATIENCE_MS).unref()
})
// The channel alone must not keep a process alive that has nothing left to do.
process.channel?.unref()
