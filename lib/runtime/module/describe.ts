import { describe as runnerDescribe } from '@vitest/runner'
import { sealed } from '../errors/seal'

/**
 * `describe` of the runner with all its modifiers, whose bodies' errors are sealed: what a body throws while the file
 * is being collected may belong to the solution.
 */
export const describe = withSealedBodies(runnerDescribe)

type Callable = (...args: unknown[]) => unknown

function withSealedBodies<T extends object>(target: T): T {
  return new Proxy(target, {
    get(_, key, receiver): unknown {
      const member: unknown = Reflect.get(target, key, receiver)
      return typeof member === 'function' && typeof key === 'string' ? withSealedBodies(member) : member
    },
    apply(_, self, args: unknown[]): unknown {
      // A first argument is a title (which may be a class), a condition or a table; a body comes later.
      const isTable = Array.isArray(args[0])
      const given = isTable ? args : args.map((each, index) => (index > 0 ? sealedBody(each) : each))
      const result: unknown = Reflect.apply(target as unknown as Callable, self, given)
      return typeof result === 'function' ? withSealedBodies(result) : result
    },
  })
}

function sealedBody(value: unknown): unknown {
  return typeof value === 'function' ? sealed(value as Callable) : value
}
