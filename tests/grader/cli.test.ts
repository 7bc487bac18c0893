import { execFile, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Verdict } from '@/lib/contract/verdict'
import { SAMPLE, sampleSolution } from './support/exercise'

const ROOT = path.resolve(import.meta.dirname, '../..')
const LRU = path.join(ROOT, 'exercises/caches-and-eviction/lru-cache')

interface Result {
  code: number
  lines: string[]
  stderr: string
}

/** As `npm run --silent grade -- ...` from the folder `cwd`. */
function grade(args: string[], { cwd = ROOT, input = '' } = {}): Promise<Result> {
  return new Promise((resolve) => {
    const child = execFile('npm', ['run', '--silent', '--prefix', ROOT, 'grade', '--', ...args], { cwd }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, lines: stdout.split('\n').filter(Boolean), stderr })
    })
    child.stdin?.end(input)
  })
}

const only = ({ lines }: Result): Verdict => {
  expect(lines).toHaveLength(1)
  return Verdict.parse(JSON.parse(lines[0] ?? ''))
}

describe('grading from the command line', () => {
  let bare = ''
  beforeAll(() => {
    bare = mkdtempSync(path.join(tmpdir(), 'handroll-cli-'))
    writeFileSync(path.join(bare, 'hidden.test.ts'), SAMPLE.hiddenTests)
    writeFileSync(path.join(bare, 'mine.ts'), sampleSolution())
    writeFileSync(path.join(bare, 'bad.ts'), sampleSolution({ range: 'export const range = () => []' }))
  })
  afterAll(() => rmSync(bare, { recursive: true, force: true }))

  it('passes with exit code 0 in a folder that holds only hidden tests', async () => {
    const result = await grade(['--exercise', bare, '--solution', path.join(bare, 'mine.ts')])
    expect(only(result)).toMatchObject({ verdict: 'passed', reason: null, score: 4, maxScore: 4 })
    expect(result.code).toBe(0)
  })

  it('fails with exit code 1, and takes paths from where it is called', async () => {
    const result = await grade(['--exercise', '.', '--solution', 'bad.ts', '--seed', '12'], { cwd: bare })
    expect(only(result)).toMatchObject({ verdict: 'failed', score: 3, maxScore: 4, seed: 12 })
    expect(result.code).toBe(1)
  })

  it('grades an exercise of the site as the site does', async () => {
    const result = await grade(['--exercise', LRU, '--solution', path.join(LRU, 'solution.ts')])
    expect(only(result)).toMatchObject({ verdict: 'passed', score: 20, maxScore: 20 })
  })

  it.each([
    ['nothing to grade', []],
    ['an unknown option', ['--exercise', '.', '--solution', 'mine.ts', '--frobnicate']],
    ['a seed that is no integer', ['--exercise', '.', '--solution', 'mine.ts', '--seed', '1.5']],
    ['no such solution', ['--exercise', '.', '--solution', 'nowhere.ts']],
    ['no hidden tests', ['--exercise', tmpdir(), '--solution', 'mine.ts']],
  ])('ends with exit code 2 and says why: %s', async (_, args) => {
    const result = await grade(args, { cwd: bare })
    const verdict = only(result)
    expect(verdict).toMatchObject({ verdict: 'error', reason: 'internal-error', score: 0 })
    expect(verdict.problem?.message).toBeTruthy()
    expect(result.code).toBe(2)
  })

  it('says which key of exercise.json is wrong', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'handroll-cli-'))
    cpSync(bare, folder, { recursive: true })
    writeFileSync(path.join(folder, 'exercise.json'), '{"order": 0}')
    const verdict = only(await grade(['--exercise', folder, '--solution', path.join(folder, 'mine.ts')]))
    expect(verdict).toMatchObject({ verdict: 'error', problem: { message: expect.stringContaining('order') as string } })
    rmSync(folder, { recursive: true })
  })

  it('answers each line of standard input, whatever is on it', async () => {
    const line = (id: unknown, solution: string): string => JSON.stringify({ id, exercise: bare, solution: path.join(bare, solution) })
    const loop = path.join(bare, 'loop.ts')
    writeFileSync(loop, 'for (;;);')
    const input = [line('slow', 'loop.ts'), line('a', 'mine.ts'), line(2, 'bad.ts'), 'not json', '', '{"id":"half"}', line('gone', 'gone.ts')]
    const result = await grade(['--stdin'], { input: `${input.join('\r\n')}` })
    const verdicts = result.lines.map((text) => JSON.parse(text) as Verdict & { id: unknown })
    const outcomes = Object.fromEntries(verdicts.map(({ id, verdict, reason }) => [String(id), `${verdict} ${String(reason)}`]))
    expect(outcomes).toEqual({
      slow: 'failed time-limit', a: 'passed null', 2: 'failed null',
      null: 'error internal-error', half: 'error internal-error', gone: 'error internal-error',
    })
    // Several at a time: the slow one came first and is answered last, or nearly so.
    expect(verdicts[0]?.id).not.toBe('slow')
    expect(result.code).toBe(2)
  })

  it('ends quietly when nobody reads its answers any more', async () => {
    const child = spawn('npm', ['run', '--silent', 'grade', '--', '--stdin'], { cwd: ROOT, stdio: ['pipe', 'pipe', 'pipe'] })
    child.stdout.destroy()
    let stderr = ''
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
    child.stdin.end(`${JSON.stringify({ id: 1, exercise: bare, solution: path.join(bare, 'mine.ts') })}\n`)
    await new Promise((resolve) => child.once('exit', resolve))
    expect(stderr).not.toContain('EPIPE')
  })
})
