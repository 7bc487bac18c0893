/*
 * What a worker has and a solution must not count on, because the grader does not have it either. Removing a name is
 * no wall; the frame's policy and the page are. It turns a silent failure into a plain "is not defined".
 */
const REMOVED = [
  'postMessage',
  'close',
  'importScripts',
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'WebSocketStream',
  'WebTransport',
  'EventSource',
  'Worker',
  'SharedWorker',
  'BroadcastChannel',
  'indexedDB',
  'caches',
]

/** Removes those names from the worker's global object and its prototypes, and supplies what Chromium lacks here. */
export function settleGlobals(): void {
  for (const name of REMOVED) {
    for (let owner: object | null = globalThis; owner !== null; owner = Object.getPrototypeOf(owner) as object | null) {
      Reflect.deleteProperty(owner, name)
    }
  }
  // An opaque worker is no secure context in Chromium, so `crypto` comes without this function.
  if (typeof crypto.randomUUID !== 'function') {
    Object.defineProperty(crypto, 'randomUUID', { value: randomUUID, configurable: true, writable: true })
  }
}

/** Version 4 of RFC 9562, section 5.4: 122 random bits, and the version and variant in their places. */
function randomUUID(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
