import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { keepBundles, ROOT, type Built } from '@/lib/programs/kept-bundles'
import { bundleProgram } from '@/lib/programs/program'

describe('bundles', () => {
  let name: string
  let source: string
  let builds = 0

  beforeEach(() => {
    name = `test-${randomUUID()}`
    source = `.handroll/${name}/source.txt`
    builds = 0
    mkdirSync(path.join(ROOT, '.handroll', name), { recursive: true })
    writeFileSync(path.join(ROOT, source), 'first')
  })
  afterEach(() => rmSync(path.join(ROOT, '.handroll', name), { recursive: true, force: true }))

  /** Its one bundle is the source, and it counts how often it is made. */
  async function keep(): Promise<string> {
    const { file } = await keepBundles(name, () => {
      builds++
      const built: Built = { files: { 'bundle.js': readFileSync(path.join(ROOT, source), 'utf8') }, inputs: [source] }
      return Promise.resolve(built)
    })
    return file('bundle.js')
  }

  it('are made once from the same sources', async () => {
    const first = await keep()
    expect(await keep()).toBe(first)
    expect([builds, readFileSync(first, 'utf8')]).toEqual([1, 'first'])
  })

  it('are made anew beside the ones before when a source has changed', async () => {
    const first = await keep()
    writeFileSync(path.join(ROOT, source), 'second')
    const second = await keep()
    expect([first, second].map((file) => readFileSync(file, 'utf8'))).toEqual(['first', 'second'])
    expect(builds).toBe(2)
  })

  it.each(['bundle', 'source', 'manifest'])('are made anew when the %s is gone or broken', async (what) => {
    const file = await keep()
    if (what === 'bundle') rmSync(file)
    if (what === 'source') rmSync(path.join(ROOT, source))
    if (what === 'source') source = `.handroll/${name}/other.txt`
    writeFileSync(path.join(ROOT, source), 'first')
    if (what === 'manifest') writeFileSync(path.join(ROOT, '.handroll', name, 'manifest.json'), '{')
    expect(readFileSync(await keep(), 'utf8')).toBe('first')
    expect(builds).toBe(2)
  })
})

describe('the program of a grader', () => {
  it.each(['grader', 'grader-host'] as const)('is Node\'s own kind, with the places of its sources (%s)', async (program) => {
    const file = await bundleProgram(program)
    execFileSync(process.execPath, ['--check', file])
    const places = [...readFileSync(file, 'utf8').matchAll(/import\.meta\.dirname \+ "([^"]+)"/g)].map(([, way]) => way ?? '')
    expect(places.length).toBeGreaterThan(0)
    for (const way of places) expect(path.join(path.dirname(file), way).startsWith(path.join(ROOT, 'lib'))).toBe(true)
  })
})
