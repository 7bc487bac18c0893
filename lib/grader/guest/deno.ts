/*
 * The few things of Deno that the guest's own code uses. Declared by hand, since the project is typed for Node and
 * the browser.
 */

interface DenoStream {
  readSync(into: Uint8Array): number | null
  writeSync(bytes: Uint8Array): number
}

export interface DenoNamespace {
  stdin: DenoStream
  stdout: DenoStream
  exit(code: number): never
  internal: symbol
}

/** Deno's own name for running the microtask queue. It is internal, so its presence is checked at every start. */
export function microtaskRunner(deno: DenoNamespace): () => void {
  const internals = (deno as unknown as Record<symbol, { core?: { runMicrotasks?: () => void } } | undefined>)[deno.internal]
  const run = internals?.core?.runMicrotasks
  if (typeof run !== 'function') throw new Error('this Deno cannot run microtasks on demand')
  return run.bind(internals?.core)
}
