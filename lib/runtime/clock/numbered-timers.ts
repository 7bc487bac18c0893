import { native } from './native'

/*
 * Timer functions as tests see them: the same in every host. Their ids are numbers (Node would give objects with
 * methods of its own), and a run can end all that are still waiting, so that none fires into the next run.
 */

type Handler = (...args: unknown[]) => void
type Id = number | string | undefined

const NAMES = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] as const

/** Puts the numbered timers in place of the global ones. Answers how to end all of them and put the old ones back. */
export function installNumberedTimers(): () => void {
  const replaced = NAMES.map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const)
  const waiting = new Map<number, ReturnType<typeof setTimeout>>()
  let last = 0

  const checked = (handler: unknown): Handler => {
    if (typeof handler === 'function') return handler as Handler
    throw new TypeError(`a timer needs a function to call, not ${handler === null ? 'null' : typeof handler}`)
  }
  const clear = (id: Id): void => {
    const timer = waiting.get(Number(id))
    if (timer === undefined) return
    waiting.delete(Number(id))
    // Either kind may be cleared by either function, in every host.
    native.clearTimeout(timer)
  }
  const timers: Record<(typeof NAMES)[number], (...args: never[]) => unknown> = {
    setTimeout: (given: unknown, ms = 0, ...args: unknown[]): number => {
      const handler = checked(given)
      const id = ++last
      const fire = (): void => {
        waiting.delete(id)
        handler(...args)
      }
      waiting.set(id, native.setTimeout(fire, ms))
      return id
    },
    setInterval: (given: unknown, ms = 0, ...args: unknown[]): number => {
      const handler = checked(given)
      const id = ++last
      waiting.set(
        id,
        native.setInterval(() => handler(...args), ms),
      )
      return id
    },
    clearTimeout: clear,
    clearInterval: clear,
  }
  for (const name of NAMES) {
    const value: unknown = timers[name]
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: true })
  }

  return () => {
    for (const timer of waiting.values()) native.clearTimeout(timer)
    waiting.clear()
    for (const [name, descriptor] of replaced) {
      if (descriptor === undefined) Reflect.deleteProperty(globalThis, name)
      else Object.defineProperty(globalThis, name, descriptor)
    }
  }
}
