import * as runner from '@vitest/runner'
import { sealed } from '../errors/seal'

/*
 * The runner's hooks, whose errors are sealed. A hook may answer with a function that cleans up; its errors are sealed
 * as well.
 */

type Body = (...args: never[]) => unknown

/** The hooks that a test file imports. */
export const hooks = {
  beforeAll: (body: Body, timeout?: number) => runner.beforeAll(sealed(body) as never, timeout),
  afterAll: (body: Body, timeout?: number) => runner.afterAll(sealed(body) as never, timeout),
  beforeEach: (body: Body, timeout?: number) => runner.beforeEach(sealed(body) as never, timeout),
  afterEach: (body: Body, timeout?: number) => runner.afterEach(sealed(body) as never, timeout),
  aroundAll: (body: Body, timeout?: number) => runner.aroundAll(sealed(body) as never, timeout),
  aroundEach: (body: Body, timeout?: number) => runner.aroundEach(sealed(body) as never, timeout),
  onTestFinished: (body: Body, timeout?: number) => runner.onTestFinished(sealed(body) as never, timeout),
  onTestFailed: (body: Body, timeout?: number) => runner.onTestFailed(sealed(body) as never, timeout),
}
