import type { ExpectStatic } from '@vitest/expect'
import { native } from '../clock'
import { chai, flagOf, setFlag, setSubject, type Assertion } from './chai'

/* `expect.poll`, as Vitest has it. */

interface PollOptions {
  interval?: number
  timeout?: number
  message?: string
}

/** The fake clock of the run: while timers are faked, polling moves it on. */
export interface PollClock {
  isFakeTimers: () => boolean
  advanceTimersByTime: (ms: number) => void
}

const UNSUPPORTED = ['throws', 'Throw', 'throw', 'toThrow', 'toThrowError']

/** Creates the `poll` of an `expect`: asserts again and again until it holds or the time is up. */
export function createPoll(expect: ExpectStatic, clock: PollClock) {
  return function poll(read: () => unknown, options: PollOptions = {}): unknown {
    const { interval = 50, timeout = 1_000, message } = options
    const chain = expect(null, message) as unknown as { withContext: (context: object) => Assertion }
    const assertion = chain.withContext({ poll: true })
    const test = flagOf<{ onFinished?: (() => void)[] } | undefined>(assertion, 'vitest-test')
    if (test === undefined) throw new Error('expect.poll() must be called inside a test')

    const until = async (key: string | symbol, matcher: (...args: unknown[]) => unknown, args: unknown[]) => {
      let isLate = false
      const timer = native.setTimeout(() => {
        isLate = true
      }, timeout)
      try {
        for (;;) {
          const isLastAttempt = isLate
          try {
            setFlag(assertion, '_name', key)
            setSubject(assertion, await read())
            return await Reflect.apply(matcher, assertion, args)
          } catch (error) {
            if (isLastAttempt) throw error
            await new Promise<void>((resolve) => native.setTimeout(resolve, interval))
            if (clock.isFakeTimers()) clock.advanceTimersByTime(interval)
          }
        }
      } finally {
        native.clearTimeout(timer)
      }
    }

    const proxy: unknown = new Proxy(assertion, {
      get(target, key, receiver) {
        const member: unknown = Reflect.get(target, key, receiver)
        if (typeof member !== 'function') return member instanceof chai.Assertion ? proxy : member
        if (key === 'assert') return member
        if (typeof key === 'string' && UNSUPPORTED.includes(key)) {
          throw new SyntaxError(
            `expect.poll() is not supported in combination with .${key}(). ` +
              'Use vi.waitFor() if your assertion condition is unstable.',
          )
        }
        return (...args: unknown[]) => {
          let isAwaited = false
          let result: Promise<unknown> | undefined
          test.onFinished ??= []
          test.onFinished.push(() => {
            if (isAwaited) return
            const call = `expect.poll(assertion).${flagOf(assertion, 'negate') ? 'not.' : ''}${String(key)}()`
            throw new Error(
              `${call} was not awaited. This assertion is asynchronous and must be awaited; ` +
                `otherwise, it is not executed to avoid unhandled rejections:\n\nawait ${call}\n`,
            )
          })
          const start = (): Promise<unknown> => {
            isAwaited = true
            return (result ??= until(key, member as (...args: unknown[]) => unknown, args))
          }
          return {
            then: (...handlers: Parameters<Promise<unknown>['then']>) => start().then(...handlers),
            catch: (handler: (reason: unknown) => unknown) => start().catch(handler),
            finally: (handler: () => void) => start().finally(handler),
            [Symbol.toStringTag]: 'Promise',
          }
        }
      },
    })
    return proxy
  }
}
