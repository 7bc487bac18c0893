/** Declarations of the part of Vitest's API that test files may use here. They run unchanged under the Vitest CLI. */
export const VITEST_TYPES = `
declare module 'vitest' {
  type Awaitable<T> = T | PromiseLike<T>
  type AnyFunction = (...args: any[]) => any

  export interface TestContext {
    readonly task: { readonly name: string }
    readonly signal: AbortSignal
    expect: ExpectStatic
    onTestFinished(callback: () => Awaitable<void>): void
    skip(note?: string): never
  }
  type TestBody = (context: TestContext) => Awaitable<unknown>
  interface TestOptions {
    timeout?: number
    retry?: number
    repeats?: number
  }

  interface EachTable {
    <T extends readonly unknown[]>(cases: readonly T[]): {
      (name: string, body: (...values: T) => Awaitable<unknown>, timeoutMs?: number): void
    }
    <T>(cases: readonly T[]): { (name: string, body: (value: T) => Awaitable<unknown>, timeoutMs?: number): void }
  }
  interface ForTable {
    <T>(cases: readonly T[]): {
      (name: string, body: (value: T, context: TestContext) => Awaitable<unknown>, timeoutMs?: number): void
    }
  }

  export interface TestFunction {
    (name: string, body?: TestBody, options?: number | TestOptions): void
    (name: string, options: TestOptions, body: TestBody): void
    skip: TestFunction
    only: TestFunction
    todo: TestFunction
    fails: TestFunction
    concurrent: TestFunction
    sequential: TestFunction
    each: EachTable
    for: ForTable
    skipIf(condition: unknown): TestFunction
    runIf(condition: unknown): TestFunction
  }
  export interface SuiteFunction {
    (name: string, body: () => void): void
    skip: SuiteFunction
    only: SuiteFunction
    concurrent: SuiteFunction
    sequential: SuiteFunction
    each: EachTable
    for: ForTable
    skipIf(condition: unknown): SuiteFunction
    runIf(condition: unknown): SuiteFunction
  }

  export const it: TestFunction
  export const test: TestFunction
  export const describe: SuiteFunction
  export const suite: SuiteFunction
  export function beforeAll(body: () => Awaitable<unknown>, timeoutMs?: number): void
  export function afterAll(body: () => Awaitable<unknown>, timeoutMs?: number): void
  export function beforeEach(body: (context: TestContext) => Awaitable<unknown>, timeoutMs?: number): void
  export function afterEach(body: (context: TestContext) => Awaitable<unknown>, timeoutMs?: number): void
  export function onTestFinished(callback: () => Awaitable<void>): void

  interface Matchers<R = void> {
    toBe(expected: unknown): R
    toEqual(expected: unknown): R
    toStrictEqual(expected: unknown): R
    toMatchObject(expected: object): R
    toBeTruthy(): R
    toBeFalsy(): R
    toBeNull(): R
    toBeUndefined(): R
    toBeDefined(): R
    toBeNullable(): R
    toBeNaN(): R
    toBeTypeOf(
      expected: 'bigint' | 'boolean' | 'function' | 'number' | 'object' | 'string' | 'symbol' | 'undefined',
    ): R
    toBeInstanceOf(expected: abstract new (...args: any[]) => unknown): R
    toBeGreaterThan(expected: number | bigint): R
    toBeGreaterThanOrEqual(expected: number | bigint): R
    toBeLessThan(expected: number | bigint): R
    toBeLessThanOrEqual(expected: number | bigint): R
    toBeCloseTo(expected: number, digits?: number): R
    toBeOneOf(expected: readonly unknown[]): R
    toContain(item: unknown): R
    toContainEqual(item: unknown): R
    toHaveLength(length: number): R
    toHaveProperty(path: string | readonly (string | number)[], value?: unknown): R
    toMatch(expected: string | RegExp): R
    toSatisfy(predicate: (value: any) => boolean, message?: string): R
    toThrow(expected?: string | RegExp | Error | (abstract new (...args: any[]) => unknown)): R
    toThrowError(expected?: string | RegExp | Error | (abstract new (...args: any[]) => unknown)): R
    toHaveBeenCalled(): R
    toHaveBeenCalledOnce(): R
    toHaveBeenCalledTimes(times: number): R
    toHaveBeenCalledWith(...args: unknown[]): R
    toHaveBeenCalledExactlyOnceWith(...args: unknown[]): R
    toHaveBeenLastCalledWith(...args: unknown[]): R
    toHaveBeenNthCalledWith(n: number, ...args: unknown[]): R
    toHaveBeenCalledBefore(mock: Mock): R
    toHaveBeenCalledAfter(mock: Mock): R
    toHaveReturned(): R
    toHaveReturnedTimes(times: number): R
    toHaveReturnedWith(value: unknown): R
    toHaveLastReturnedWith(value: unknown): R
    toHaveNthReturnedWith(n: number, value: unknown): R
    toHaveResolved(): R
    toHaveResolvedTimes(times: number): R
    toHaveResolvedWith(value: unknown): R
  }
  export interface Assertion extends Matchers {
    not: Assertion
    /** Awaits the promise and asserts on its value. Await the whole assertion. */
    resolves: AsyncAssertion
    /** Awaits the promise's failure and asserts on its reason. Await the whole assertion. */
    rejects: AsyncAssertion
  }
  interface AsyncAssertion extends Matchers<Promise<void>> {
    not: AsyncAssertion
  }
  export interface ExpectStatic {
    (actual: unknown, message?: string): Assertion
    assertions(count: number): void
    hasAssertions(): void
    unreachable(message?: string): never
    anything(): any
    any(constructor: unknown): any
    arrayContaining(expected: readonly unknown[]): any
    objectContaining(expected: object): any
    stringContaining(expected: string): any
    stringMatching(expected: string | RegExp): any
    closeTo(expected: number, digits?: number): any
    not: {
      arrayContaining(expected: readonly unknown[]): any
      objectContaining(expected: object): any
      stringContaining(expected: string): any
      stringMatching(expected: string | RegExp): any
    }
  }
  export const expect: ExpectStatic

  interface MockResult<T> {
    type: 'return' | 'throw' | 'incomplete'
    value: T
  }
  export interface Mock<F extends AnyFunction = AnyFunction> {
    (...args: Parameters<F>): ReturnType<F>
    new (...args: Parameters<F>): ReturnType<F>
    readonly mock: {
      calls: Parameters<F>[]
      lastCall: Parameters<F> | undefined
      results: MockResult<ReturnType<F>>[]
      settledResults: { type: 'fulfilled' | 'rejected' | 'incomplete'; value: Awaited<ReturnType<F>> }[]
      instances: ThisType<F>[]
      contexts: unknown[]
      invocationCallOrder: number[]
    }
    getMockName(): string
    mockName(name: string): this
    mockClear(): this
    mockReset(): this
    mockRestore(): void
    mockImplementation(implementation: F): this
    mockImplementationOnce(implementation: F): this
    mockReturnThis(): this
    mockReturnValue(value: ReturnType<F>): this
    mockReturnValueOnce(value: ReturnType<F>): this
    mockResolvedValue(value: Awaited<ReturnType<F>>): this
    mockResolvedValueOnce(value: Awaited<ReturnType<F>>): this
    mockRejectedValue(reason: unknown): this
    mockRejectedValueOnce(reason: unknown): this
  }
  export type MockInstance<F extends AnyFunction = AnyFunction> = Mock<F>

  export interface Vi {
    fn<F extends AnyFunction = AnyFunction>(implementation?: F): Mock<F>
    spyOn<T extends object, K extends keyof T>(
      object: T,
      method: K,
    ): Mock<Extract<T[K], AnyFunction> extends never ? AnyFunction : Extract<T[K], AnyFunction>>
    isMockFunction(value: unknown): value is Mock
    clearAllMocks(): Vi
    resetAllMocks(): Vi
    restoreAllMocks(): Vi
    useFakeTimers(options?: { now?: number | Date; toFake?: string[] }): Vi
    useRealTimers(): Vi
    isFakeTimers(): boolean
    setSystemTime(time: number | string | Date): Vi
    getMockedSystemTime(): Date | null
    getRealSystemTime(): number
    getTimerCount(): number
    clearAllTimers(): Vi
    advanceTimersByTime(ms: number): Vi
    advanceTimersByTimeAsync(ms: number): Promise<Vi>
    advanceTimersToNextTimer(steps?: number): Vi
    advanceTimersToNextTimerAsync(steps?: number): Promise<Vi>
    runAllTimers(): Vi
    runAllTimersAsync(): Promise<Vi>
    runOnlyPendingTimers(): Vi
    runOnlyPendingTimersAsync(): Promise<Vi>
    runAllTicks(): Vi
    waitFor<T>(callback: () => Awaitable<T>, options?: number | { timeout?: number; interval?: number }): Promise<T>
    waitUntil<T>(callback: () => Awaitable<T>, options?: number | { timeout?: number; interval?: number }): Promise<T>
  }
  export const vi: Vi
  export const vitest: Vi
}
`
