/*
 * What Deno or Node has and neither a solution nor its hidden tests must count on, because the browser's worker does
 * not have it, or because only the host's end may have it. Taking a name away is no wall: what holds a solution is
 * that its process has no permissions and that nothing it prints is believed, and hidden tests are our own.
 */
const REMOVED = [
  'process', 'Buffer', 'global', 'setImmediate', 'clearImmediate', 'Worker', 'alert', 'confirm', 'prompt', 'fetch',
  'WebSocket', 'EventSource', 'BroadcastChannel', 'localStorage', 'sessionStorage', 'caches', 'close', 'navigator',
  'onload', 'onunload', 'onbeforeunload', 'WebSocketStream', 'WebTransport', 'GPU', 'Cache', 'CacheStorage',
]

/**
 * Removes those names, and silences the console: what hidden tests print, or make a solution print, is shown to nobody.
 * @param kept names that the host's own code cannot do without
 */
export function settleGlobals(kept: readonly string[] = []): void {
  for (const name of REMOVED) {
    if (kept.includes(name)) continue
    for (let owner: object | null = globalThis; owner !== null; owner = Object.getPrototypeOf(owner) as object | null) {
      Reflect.deleteProperty(owner, name)
    }
  }
  const silent = (): void => {}
  for (const name of Object.keys(console)) {
    if (typeof (console as unknown as Record<string, unknown>)[name] === 'function') Reflect.set(console, name, silent)
  }
}
