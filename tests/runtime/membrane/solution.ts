import { transformSync } from 'esbuild'
import { loopback } from '@/lib/runtime/membrane/loopback'
import type { LinkOptions } from '@/lib/runtime/membrane/judge-link'
import type { Foreign } from '@/lib/runtime/foreign'
import { startGuest } from './guest-process'

/** The compiled body of a solution's source. */
export function compiled(source: string): string {
  return transformSync(source, { loader: 'ts', format: 'cjs', target: 'es2022' }).code
}

export interface Behind<T> extends Foreign {
  readonly namespace: T
  drive(source: string, args: unknown[]): unknown
}

/** Both ways in which a solution can be behind a membrane. */
export const TRANSPORTS = ['loopback', 'pipe'] as const
export type Transport = (typeof TRANSPORTS)[number]

const stops: (() => void)[] = []

/** Puts a solution behind a membrane. */
export function behindMembrane<T>(transport: Transport, source: string, options: LinkOptions = {}): Behind<T> {
  if (transport === 'loopback') {
    const run = new Function('require', 'module', 'exports', `"use strict";\n${compiled(source)}`)
    return loopback((require, module, exports) => void run(require, module, exports)) as Behind<T>
  }
  const { link, stop } = startGuest(options)
  stops.push(stop)
  const loaded = link.load(compiled(source))
  if (!loaded.ok) throw new Error(`${loaded.error.name}: ${loaded.error.message}`)
  return link as Behind<T>
}

/** Ends every guest that the test started. */
export function stopGuests(): void {
  for (const stop of stops.splice(0)) stop()
}
