import { instanceHandler } from './instance-handler'
import type { Handle, StandIns } from './stand-ins'

const LOCAL = new Set<PropertyKey>(['name', 'length', 'prototype'])

/** How a stand-in of a function or class behaves: an instance that can also be called. */
export function functionHandler(standIns: StandIns, handle: Handle): ProxyHandler<object> {
  const { ask } = standIns.context
  const base = instanceHandler(standIns, handle)
  const isInstance = (value: unknown): boolean => isInstanceOf(standIns, value, handle)

  return {
    ...base,
    get: (target, key, receiver: unknown) => {
      if (key === Symbol.hasInstance) return isInstance
      if (LOCAL.has(key) && !handle.asked.has(key)) return Reflect.get(target, key) as unknown
      // call, apply, bind and toString work on the stand-in as on any function.
      if (key in Function.prototype && !handle.asked.has(key)) {
        return (Function.prototype as unknown as Record<PropertyKey, unknown>)[key]
      }
      return base.get?.(target, key, receiver) as unknown
    },
    has: (target, key) => LOCAL.has(key) || key in Function.prototype || (base.has?.(target, key) ?? false),
    apply: (_, self: unknown, args: unknown[]) => {
      const read = standIns.lastRead
      standIns.lastRead = null
      // A method read a moment ago is called by its name, since the owner may have put another in its place.
      const byName = read !== null && read.method === handle.proxy && read.owner === self
      const answer = byName
        ? ask('invoke', [self, read.key, ...args])
        : ask('call', [handle.proxy, self, ...args])
      return answer.absent ? undefined : answer.list[0]
    },
    construct: (_, args: unknown[], newTarget) => {
      if (newTarget !== handle.proxy) {
        const where = standIns.context.trusted ? ['solution', 'a test'] : ['tests', 'a solution']
        throw new TypeError(`A class of the ${where[0]} cannot be extended in ${where[1]}: it lives in another process.`)
      }
      const answer = ask('new', [handle.proxy, ...args])
      return (answer.absent ? undefined : answer.list[0]) as object
    },
  }
}

/** `instanceof`, for stand-ins, for real errors that came across, and for snapshots of either. */
function isInstanceOf(standIns: StandIns, value: unknown, handle: Handle): boolean {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false
  const prototype: unknown = Reflect.get(handle.target, 'prototype')
  if (typeof prototype !== 'object' || prototype === null) return false
  for (let at = Reflect.getPrototypeOf(value); at !== null; at = Reflect.getPrototypeOf(at)) {
    if (standIns.twins.originalOf(at) === prototype) return true
  }
  return false
}
