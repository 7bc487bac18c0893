/** At the latest by then, even on a page that is never idle, milliseconds. */
const LATEST_MS = 2_000

/** Does something once the page has nothing better to do; not at all for readers who save data. */
export function whenIdle(work: () => void): void {
  const connection = (navigator as { connection?: { saveData?: boolean } }).connection
  if (connection?.saveData) return
  if (typeof requestIdleCallback === 'function') requestIdleCallback(work, { timeout: LATEST_MS })
  else setTimeout(work, 200)
}
