import type { ExpectStatic } from '@vitest/expect'
import { it } from '@vitest/runner'
import { chai } from '../expect/chai'
import { describe } from './describe'
import { hooks } from './hooks'

/** Exports of Vitest's that would reach into the libraries behind it, which outlive a run. */
const REFUSED = ['chai', 'should', 'inject', 'bench', 'createExpect']

/** What `import ... from 'vitest'` means to a test file. */
export function createVitestModule(expect: ExpectStatic, vi: object): object {
  const exports = {
    it,
    test: it,
    describe,
    suite: describe,
    ...hooks,
    expect,
    assert: chai.assert,
    vi,
    vitest: vi,
    expectTypeOf: () => nothing,
    assertType: () => undefined,
  }
  for (const name of REFUSED) {
    Object.defineProperty(exports, name, {
      get() {
        throw new Error(`${name} of vitest is not available here`)
      },
    })
  }
  return exports
}

/** Types are checked by the compiler; at run time every such assertion holds. */
const nothing: object = new Proxy(() => undefined, {
  get: (_, key) => (key === 'then' ? undefined : nothing),
  apply: () => nothing,
})
