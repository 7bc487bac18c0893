/** Looks in one patience. */
const LOOKS = 10

/** Where a judge counts its waits. */
export function createWaits(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
}

/**
 * Watches a judge that counts the beginnings and the ends of its waits: an odd number stands while it is blocked.
 * @param onStall called once, when one wait has lasted this long, milliseconds
 * @returns how to end the watch
 */
export function watchForStall(waits: Int32Array, patienceMs: number, onStall: () => void): () => void {
  let seen = Atomics.load(waits, 0)
  let since = performance.now()
  const timer = setInterval(() => {
    const count = Atomics.load(waits, 0)
    if (count !== seen || count % 2 === 0) {
      seen = count
      since = performance.now()
    } else if (performance.now() - since >= patienceMs) {
      clearInterval(timer)
      onStall()
    }
  }, patienceMs / LOOKS)
  return () => clearInterval(timer)
}
