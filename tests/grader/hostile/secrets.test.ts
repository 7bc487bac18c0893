import { describe, expect, it } from 'vitest'
import { verdictView } from '@/lib/contract/verdict'
import { exercise, SAMPLE, sampleSolution } from '../support/exercise'
import { useGrader } from '../support/use-grader'

/* Attempts to learn what hidden tests ask and expect, or to answer by something else than work. Rows C33, C34, E1 to E10. */

const SECRET = 'a-word-of-the-hidden-tests'
const told = exercise(`
  describe('telling', () => {
    it('keeps a word', () => expect(solution.keep('${SECRET}')).toBe('${SECRET}!'))
    it('keeps it again', () => expect(solution.keep('${SECRET}')).toEqual('${SECRET}!'))
  })`, { groups: { telling: { points: 10 } }, exports: ['keep'] })
const keep = (body: string): string => `export function keep(word: string): any { ${body} }`

describe('a solution that wants to know what it is asked', () => {
  const grader = useGrader({ concurrency: 1 })

  it.each([
    ['E1 prints it', 'console.log(word); console.error({ word }); return word'],
    ['E2 throws it', 'throw new Error(JSON.stringify({ word }))'],
    ['E2 throws it from a name and a class', 'throw new (class extends Error { override name = word })(word)'],
    ['E3 returns it, so that it stands in the difference', 'return { got: word }'],
    ['E2 throws it where nobody catches it', 'setTimeout(() => { throw new Error(word) }); queueMicrotask(() => { throw new Error(word) }); return word'],
    ['E2 rejects with it', 'void Promise.reject(new Error(word)); return word'],
  ])('%s, and the verdict says nothing of it', async (_, body) => {
    const verdict = await grader.grade({ exercise: told, source: keep(body), seed: 1 })
    expect(verdict.verdict).toBe('failed')
    expect(JSON.stringify(verdict)).not.toContain(SECRET)
  })

  it('E4 an error while it loads is shown at its own line, with no path of ours', async () => {
    const source = `const a = 1\n\nthrow new Error('on line three')\n${keep('return word')}`
    const verdict = await grader.grade({ exercise: told, source, seed: 1 })
    expect(verdict.problem).toMatchObject({ line: 3 })
    expect(verdict.problem?.message).toContain('on line three')
    expect(JSON.stringify(verdict)).not.toMatch(/handroll-grader|guest\.js|judge|node_modules|file:/)
  })

  it('E5 tables of answers are of no use, since another seed asks something else', async () => {
    const asked = exercise(`it('is asked', () => expect(solution.even(random.int(1, 1e9))).toBe(true))`)
    const source = 'export const even = (n: number): boolean => n % 2 === 0'
    const seeds = Array.from({ length: 12 }, (_, seed) => seed)
    const outcomes = await Promise.all(seeds.map((seed) => grader.grade({ exercise: asked, source, seed })))
    expect(new Set(outcomes.map(({ verdict }) => verdict))).toEqual(new Set(['passed', 'failed']))
    const again = await Promise.all(seeds.map((seed) => grader.grade({ exercise: asked, source, seed })))
    expect(again.map(({ verdict }) => verdict)).toEqual(outcomes.map(({ verdict }) => verdict))
  })

  it('E6 a learner sees coarse times and sizes, and none of a single test', async () => {
    const shown = verdictView(await grader.grade({ exercise: told, source: keep('return word + "!"'), seed: 1 }), null)
    expect(shown.stats.wallMs % 100).toBe(0)
    expect((shown.stats.guestPeakRssKb ?? 0) % 8_192).toBe(0)
    expect(Object.keys(shown.stats).sort()).toEqual(['guestPeakRssKb', 'wallMs'])
    for (const test of shown.tests) expect(Object.keys(test).sort()).toEqual(['group', 'name', 'state'])
    expect(shown).not.toHaveProperty('seed')
  })

  it('E7 nothing that it leaves behind is found by the next', async () => {
    const places = [
      'localStorage.setItem("left", word)', 'caches.open("left")', 'globalThis.left = word', 'Symbol.for("left").left = word',
      '(globalThis as any).Deno.writeTextFileSync("/tmp/handroll-left", word)', 'Object.prototype.left = word',
    ]
    const leaving = keep(`${places.map((place) => `try { (${place.replaceAll('globalThis.', '(globalThis as any).').replace('Object.prototype.', '(Object.prototype as any).').replace('Symbol.for("left").', '(Symbol.for("left") as any).')}) } catch {}`).join('; ')}; return word`)
    await grader.grade({ exercise: told, source: leaving, seed: 1 })
    const looking = keep(`const seen: unknown[] = []
      for (const look of [() => localStorage.getItem('left'), () => (globalThis as any).left, () => ({} as any).left, () => (globalThis as any).Deno.readTextFileSync('/tmp/handroll-left')]) {
        try { seen.push(look()) } catch {}
      }
      return seen.some(Boolean) ? 'found' : word + '!'`)
    expect(await grader.grade({ exercise: told, source: looking, seed: 1 })).toMatchObject({ verdict: 'passed' })
  })

  it('E10 a compile error quotes nothing but its own source', async () => {
    const source = 'import secret from "/etc/passwd"\nexport { default } from "/etc/passwd" with { type: "text" }\nlet = ;'
    const verdict = await grader.grade({ exercise: SAMPLE, source, seed: 1 })
    expect(verdict.reason).toBe('compile-error')
    expect(JSON.stringify(verdict)).not.toContain('root:')
  })
})

describe('a solution that answers by something else than work', () => {
  const grader = useGrader({ concurrency: 1 })
  const called = exercise(`
    it('calls back with each', () => { const spy = vi.fn(); solution.each([1, 2], spy); expect(spy.mock.calls).toEqual([[1], [2]]) })
    it('leaves the list as it was', () => { const list = [3, 1, 2]; solution.sorted(list); expect(list).toEqual([3, 1, 2]) })`)
  const grade = (each: string, sorted: string) => {
    return grader.grade({ exercise: called, source: `export function each(list: number[], call: any): void { ${each} }\nexport function sorted(list: number[]): any { ${sorted} }`, seed: 1 })
  }

  it('C33 calls back with what it made up, or writes into the record of calls', async () => {
    const honest = 'return [...list].sort()'
    expect(await grade('list.forEach((x) => call(x))', honest)).toMatchObject({ verdict: 'passed' })
    expect(await grade('call(2); call(1)', honest)).toMatchObject({ verdict: 'failed' })
    expect(await grade('call.mock.calls.push([1], [2])', honest)).toMatchObject({ verdict: 'failed' })
    expect(await grade('call.mock = { calls: [[1], [2]] }', honest)).toMatchObject({ verdict: 'failed' })
  })

  it('C15 returns and sends back keys that reach prototypes, and the judge is as it was', async () => {
    const touched = exercise(`
      it('takes it', () => {
        const given: Record<string, unknown> = { own: 1 }
        const made = solution.make(given)
        for (const value of [{}, [], () => {}, given]) expect((value as any).polluted).toBeUndefined()
        expect(Object.getPrototypeOf(given)).toBe(Object.prototype)
        expect((made as any).polluted).toBeUndefined()
        expect(Object.keys(Object.prototype)).toEqual([])
      })`)
    const source = `export function make(given: any): any {
      const keys = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'
      for (const [key, value] of Object.entries(JSON.parse(keys))) Object.defineProperty(given, key, { value, enumerable: true, configurable: true, writable: true })
      try { given.constructor.prototype.polluted = 1; Object.setPrototypeOf(given, { polluted: 1 }) } catch {}
      return JSON.parse(keys)
    }`
    const verdict = await grader.grade({ exercise: touched, source, seed: 1 })
    expect({ verdict: verdict.verdict, reason: verdict.reason }).toEqual({ verdict: 'passed', reason: null })
  })

  it('C34 changes what it was given, and says it did not', async () => {
    const each = 'list.forEach((x) => call(x))'
    expect(await grade(each, 'return list.sort()')).toMatchObject({ verdict: 'failed' })
    expect(await grade(each, 'const copy = [...list]; list.sort(); return copy')).toMatchObject({ verdict: 'failed' })
  })

  it('F8 is larger than any may be', async () => {
    const source = `${sampleSolution()}\n// ${'x'.repeat(70_000)}`
    expect(await grader.grade({ exercise: SAMPLE, source, seed: 1 })).toMatchObject({ verdict: 'failed', reason: 'compile-error' })
  })
})
