import type { Handle, StandIns } from './stand-ins'

/**
 * Ordinary objects of this realm in the place of a foreign prototype object. A real error needs a real prototype
 * chain, since the engine and every reporter read it freely; a snapshot needs one that has nothing to call.
 */
export class PrototypeTwins {
  readonly #forwarding = new Map<object, object>()
  readonly #inert = new Map<object, object>()
  readonly #original = new WeakMap<object, object>()

  constructor(readonly standIns: StandIns) {}

  /** With members that ask the owner. A prototype of this realm stands for itself. */
  forwarding(prototype: object): object {
    return this.#twin(this.#forwarding, prototype, (handle, twin) => {
      for (const [key, value] of handle.methods) define(twin, key, { value, writable: true })
      for (const key of handle.asked) {
        const { context, isHidden } = this.standIns
        define(twin, key, {
          get(this: object) {
            const answer = context.ask('get', [this, key])
            return answer.absent || isHidden(key, answer.list[0]) ? undefined : answer.list[0]
          },
        })
      }
    })
  }

  /** With nothing but its place in the chain and its `constructor`. */
  inert(prototype: object): object {
    return this.#twin(this.#inert, prototype, () => {})
  }

  /** The stand-in that the object is a twin of, or the object itself. */
  originalOf(prototype: object): object {
    return this.#original.get(prototype) ?? prototype
  }

  #twin(known: Map<object, object>, prototype: object, furnish: (handle: Handle, twin: object) => void): object {
    const handle = this.standIns.handleOf(prototype)
    if (!handle) return prototype
    const made = known.get(prototype)
    if (made) return made
    const parent = handle.prototype === null ? null : this.#twin(known, handle.prototype, furnish)
    const twin = Object.create(parent) as object
    known.set(prototype, twin)
    this.#original.set(twin, prototype)
    if (handle.constructor !== undefined) define(twin, 'constructor', { value: handle.constructor, writable: true })
    furnish(handle, twin)
    return twin
  }
}

function define(object: object, key: PropertyKey, property: PropertyDescriptor): void {
  Object.defineProperty(object, key, { ...property, configurable: true, enumerable: false })
}
