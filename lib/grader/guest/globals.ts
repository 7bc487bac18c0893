/*
 * What Deno has and a solution must not count on, because the browser does not have it, or because only the host's
 * end may have it. Taking a name away is no wall: the process has no permissions, and nothing it prints is believed.
 */
const REMOVED = [
  'process', 'Buffer', 'global', 'setImmediate', 'clearImmediate', 'Worker', 'alert', 'confirm', 'prompt', 'fetch',
  'WebSocket', 'EventSource', 'BroadcastChannel', 'localStorage', 'sessionStorage', 'caches', 'close', 'navigator',
  'onload', 'onunload', 'onbeforeunload', 'WebSocketStream', 'WebTransport', 'GPU', 'Cache', 'CacheStorage',
]

/** Removes those names, and silences the console: what hidden tests make a solution print is shown to nobody. */
export function settleGlobals(): void {
  for (const name of REMOVED) {
    for (let owner: object | null = globalThis; owner !== null; owner = Object.getPrototypeOf(owner) as object | null) {
      Reflect.deleteProperty(owner, name)
    }
  }
  const silent = (): void => {}
  for (const name of Object.keys(console)) {
    if (typeof (console as unknown as Record<string, unknown>)[name] === 'function') Reflect.set(console, name, silent)
  }
}
