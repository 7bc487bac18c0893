import * as runner from '@vitest/runner'
import { startTests, collectTests as _c } from '@vitest/runner'
import * as chai from 'chai'
import { JestChaiExpect, JestAsymmetricMatchers, JestExtend, ASYMMETRIC_MATCHERS_OBJECT, GLOBAL_EXPECT, getState, setState, customMatchers, addCustomEqualityTesters } from '@vitest/expect'
import { processError } from '@vitest/utils/error'
import * as spy from '@vitest/spy'
chai.use(JestExtend); chai.use(JestChaiExpect); chai.use(JestAsymmetricMatchers)
const expect: any = (v: any, m?: string) => { const s = getState(expect); setState({ assertionCalls: (s.assertionCalls ?? 0) + 1 }, expect); return chai.expect(v, m) }
Object.assign(expect, chai.expect); Object.assign(expect, (globalThis as any)[ASYMMETRIC_MATCHERS_OBJECT])
expect.getState = () => getState(expect); expect.setState = (s: any) => setState(s, expect)
;(globalThis as any)[GLOBAL_EXPECT] = expect
expect.extend = (m: any) => (chai.expect as any).extend(expect, m); setState({ assertionCalls: 0 } as any, expect)
void customMatchers; void addCustomEqualityTesters
export async function runTests(o: any): Promise<any> {
  const t0 = performance.now(); const byName = new Map(o.files.map((f: any) => [f.name, f])); const errors: any[] = []
  const vitest = { ...runner, expect, vi: { fn: spy.fn, spyOn: spy.spyOn } }
  const toErr = (e: any) => { const p: any = processError(e); return { name: String(p.name ?? 'Error'), message: String(p.message ?? ''), expected: p.expected ?? null, actual: p.actual ?? null, diff: p.diff ?? null, stack: p.stack ?? null } }
  const tests: any[] = []
  const r: any = { config: { root: '/', sequence: { shuffle: false, seed: 1, hooks: 'stack', setupFiles: 'list' }, passWithNoTests: true, maxConcurrency: 5, testTimeout: o.testTimeoutMs, hookTimeout: o.testTimeoutMs, retry: 0, includeTaskLocation: false, setupFiles: [], tags: [] },
    importFile: (f: string) => { const file: any = byName.get(f); const module = { exports: {} }; file.load((s: string) => s === 'vitest' ? vitest : o.resolve(s, f), module, module.exports) },
    onAfterRunTask: (t: any) => { if (t.type !== 'test') return; const suites = []; for (let s = t.suite; s && s.type === 'suite' && s.filepath === undefined; s = s.suite) suites.unshift(s.name); const out = { file: t.file.name, suites, name: t.name, state: t.result?.state === 'pass' ? 'passed' : t.result?.state === 'fail' ? 'failed' : 'skipped', durationMs: t.result?.duration ?? 0, errors: (t.result?.errors ?? []).map(toErr) }; tests.push(out); o.onTest?.(out) } }
  const files = await startTests(o.files.map((f: any) => ({ filepath: f.name, tags: [] })) as any, r)
  for (const f of files) for (const e of f.result?.errors ?? []) errors.push(toErr(e))
  return { tests, errors, durationMs: performance.now() - t0 }
}
