import { existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import packageJson from '@/package.json' with { type: 'json' }

const read = (file: string): string => readFileSync(file, 'utf8')
const readme = read('README.md')
const PAGES = ['README.md', ...readdirSync('docs').map((name) => `docs/${name}`)]

/** The variables whose schemas a file of settings holds. */
function settingsOf(file: string): string[] {
  return [...read(file).matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name = '']) => name)
}

describe('the README', () => {
  it('lists every setting that there is, and no other', () => {
    const [, table = ''] = readme.split('## Settings')
    const listed = (table.split('## ')[0] ?? '').split('\n').filter((line) => line.startsWith('| `'))
      .flatMap((line) => (line.split('|')[1] ?? '').match(/[A-Z_]+/g) ?? [])
    const known = ['lib/service/settings.ts', 'lib/auth/settings.ts'].flatMap(settingsOf)
    expect([...new Set(listed)].sort()).toEqual([...new Set(known)].sort())
  })

  it('names no command that package.json does not have', () => {
    const commands = PAGES.flatMap((page) => [...read(page).matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(([, name]) => name))
    const scripts = Object.keys(packageJson.scripts)
    expect(commands.filter((name) => !scripts.includes(name ?? ''))).toEqual([])
  })

  it('lists every folder of lib', () => {
    const folders = readdirSync('lib', { withFileTypes: true }).filter((entry) => entry.isDirectory())
    expect(folders.map(({ name }) => name).filter((name) => !readme.includes(`\`lib/${name}/\``))).toEqual([])
  })
})

describe.each(PAGES)('%s', (page) => {
  it('has no dead link', () => {
    const links = [...read(page).matchAll(/\]\(([^)#]+)(?:#([^)]+))?\)/g)].filter(([, target = '']) => !/^https?:/.test(target))
    const dead = links.filter(([, target = '', anchor]) => {
      const file = path.join(path.dirname(page), target)
      return !existsSync(file) || (anchor !== undefined && !headingsOf(file).includes(anchor))
    })
    expect(dead.map(([link]) => link)).toEqual([])
  })
})

/** Anchors of a page's headings, as GitHub makes them. */
function headingsOf(file: string): string[] {
  const headings = read(file).match(/^#+ .*$/gm) ?? []
  return headings.map((heading) => heading.replace(/^#+ /, '').toLowerCase().replace(/[^\w\s-]/g, '').replaceAll(' ', '-'))
}
