import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { distDir } from '@/lib/service/build-stamp'
import { ensureBuilt } from '@/tests/support/built-site'
import { LeakFinder, listSecrets } from './support/secrets'
import { readBuilt } from './support/site-files'

/** The editor's files are those of its package, which the last test makes sure of. */
const MONACO = 'public/generated/monaco'
/** Runs on the server and is never sent. */
const SERVER_CODE = /\.(js|map|nft\.json)$/

const finder = new LeakFinder(listSecrets())

beforeAll(ensureBuilt)

/** Rows E9 and E11 of the list of attacks (docs/attacks.md). */
describe('the built site', () => {
  it.each([
    ['the scripts and styles of pages', () => path.join(distDir(), 'static'), /^$/],
    ['what pages load besides', () => 'public', new RegExp(`^${MONACO}/`)],
    ['pages and answers made ahead of time', () => path.join(distDir(), 'server'), SERVER_CODE],
  ])('holds no hidden test and no solution in %s', (_, folder, skip) => {
    const files = readBuilt(folder(), skip)
    expect(files.length).toBeGreaterThan(0)
    const leaks = files.flatMap(({ name, text }) => finder.find(text).map((leak) => `${name} holds ${leak}`))
    expect(leaks).toEqual([])
  })

  it('ships the editor as its package has it', () => {
    const [version = ''] = readdirSync(MONACO)
    const files = readBuilt(path.join(MONACO, version, 'vs'), /^$/)
    const own = files.filter(({ name, text }) => {
      const original = path.relative(path.join(MONACO, version), name).replace(/\.br(\.\w+)$/, '$1')
      return readFileSync(path.join('node_modules/monaco-editor/min', original), 'utf8') !== text
    })
    expect(own.map(({ name }) => name)).toEqual([])
  })

  it('comes with no source map of the pages', () => {
    const maps = readBuilt(path.join(distDir(), 'static'), /^(?!.*\.map$)/)
    expect(maps.map(({ name }) => name)).toEqual([])
  })
})
