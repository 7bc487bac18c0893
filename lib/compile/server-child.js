// @ts-check
/*
 * The one process in which the native compiler meets learner source. It is started with resource limits and killed
 * from outside; it holds nothing that is worth having. One request at a time, over the IPC channel.
 */
import { transform } from 'esbuild'

/** A source of 64 KiB never grows beyond this honestly. */
const MAX_OUTPUT = 8 * 1024 * 1024

process.on('disconnect', () => process.exit(0))

process.on('message', async (/** @type {{ id: number, source: string, options: object }} */ request) => {
  const { id, source, options } = request
  try {
    const { code, map } = await transform(source, options)
    if (code.length + map.length > MAX_OUTPUT) process.exit(1)
    process.send?.({ id, code, map })
  } catch (error) {
    const errors = /** @type {{ errors?: unknown }} */ (error).errors
    // Without a list of errors it was the compiler that broke, not the source that was wrong: this process is done.
    if (!Array.isArray(errors)) process.exit(1)
    process.send?.({ id, errors })
  }
})

// The first transform starts the compiler's own process; it is done before the first learner waits for it.
await transform('', { loader: 'ts' })
process.send?.({ ready: true })
