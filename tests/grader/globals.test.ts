import { expect, it } from 'vitest'
import { exercise } from './support/exercise'
import { useGrader } from './support/use-grader'

const grader = useGrader({ concurrency: 1 })

it('lets a solution queue a microtask, though the names of the language are locked', async () => {
  const some = exercise(`
    it('is run once the solution has returned', async () => {
      const steps: string[] = []
      solution.soon(() => steps.push('queued'))
      steps.push('returned')
      await vi.waitFor(() => expect(steps).toEqual(['returned', 'queued']))
    })
  `)
  const source = 'export const soon = (fn: () => void): void => queueMicrotask(fn)'
  expect(await grader.grade({ exercise: some, source, seed: 1 })).toMatchObject({ verdict: 'passed', reason: null })
})

it('hides from hidden tests what only a server has', async () => {
  const names = ['process', 'Buffer', 'global', 'setImmediate', 'clearImmediate', 'fetch', 'navigator', 'BroadcastChannel']
  const some = exercise(names.map((name) => {
    return `it('${name}', () => expect([typeof ${name}, solution.${name}]).toEqual(['undefined', 'undefined']))`
  }).join('\n'))
  const source = names.map((name) => `const its_${name} = typeof ${name}\nexport { its_${name} as ${name} }`).join('\n')
  expect(await grader.grade({ exercise: some, source, seed: 1 })).toMatchObject({ verdict: 'passed', reason: null })
})

it('leaves to hidden tests what every worker has, and it works', async () => {
  const some = exercise(`
    it('of the web', async () => {
      const form = new FormData()
      form.set('a', new Blob(['b']))
      const sent = new Request('http://x.test/', { method: 'POST', body: form })
      expect(await ((await sent.formData()).get('a') as Blob).text()).toBe('b')
      expect(await new Response('{"a":1}', { headers: { 'content-type': 'application/json' } }).json()).toEqual({ a: 1 })
      expect(await new Response(new Blob(['x']).stream()).text()).toBe('x')
      expect(new URL('?a=b', 'http://x.test/').searchParams.get('a')).toBe('b')
      expect(new TextDecoder().decode(new TextEncoder().encode('ä'))).toBe('ä')
      expect(atob(btoa('x'))).toBe('x')
      expect(structuredClone(new Map([[1, { a: 1 }]]))).toEqual(new Map([[1, { a: 1 }]]))
      expect(new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(1)))).toHaveLength(32)
      expect(crypto.randomUUID()).toHaveLength(36)
      expect(new Intl.NumberFormat('en').format(1e3)).toBe('1,000')
      const { port1, port2 } = new MessageChannel()
      const heard = new Promise((resolve) => { port2.onmessage = ({ data }) => resolve(data) })
      port1.postMessage(5)
      expect(await heard).toBe(5)
      port1.close()
    })
    it('of time', async () => {
      await new Promise((resolve) => setTimeout(resolve, 1))
      await expect(new Promise((_, reject) => AbortSignal.timeout(1).addEventListener('abort', reject))).rejects.toBeInstanceOf(Event)
      vi.useFakeTimers()
      const fired = vi.fn()
      setTimeout(fired, 50)
      queueMicrotask(fired)
      await vi.advanceTimersByTimeAsync(50)
      expect(fired).toHaveBeenCalledTimes(2)
      expect(performance.now()).toBeGreaterThan(0)
      vi.useRealTimers()
    })
    it('of the solution', () => expect(solution.one).toBe(1))
  `)
  expect(await grader.grade({ exercise: some, source: 'export const one = 1', seed: 1 })).toMatchObject({ verdict: 'passed', reason: null })
})
