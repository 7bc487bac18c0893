import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { z } from 'zod'

/*
 * docs/third-party.md is made here: `npx vitest run tests/docs -u` writes it anew after packages were added.
 */

/** Asks for no more than that its notice is kept. */
const PERMISSIVE = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD', 'BlueOak-1.0.0', 'Unlicense', 'Python-2.0']

/** Packages under other terms, with the reason why they may be here. None of their code is part of this repository. */
const CONSIDERED: Record<string, string> = {
  '@axe-core/playwright': 'Tests only. MPL-2.0 binds changes to its own files; there are none.',
  '@fontsource-variable/inter': 'A typeface. OFL-1.1 lets it be served with the site.',
  '@fontsource-variable/jetbrains-mono': 'A typeface. OFL-1.1 lets it be served with the site.',
  '@img/sharp-*': 'Comes with Next.js as a library of its own, which is not loaded: pictures are not resized here.',
  'axe-core': 'Tests only. MPL-2.0 binds changes to its own files; there are none.',
  'caniuse-lite': 'Data on browsers, used while building. CC-BY-4.0 asks for this mention.',
  elkjs: 'Comes with a part of Prisma’s command line that is not used. EPL-2.0 binds changes to its own files.',
  'lightningcss*': 'Used while building. MPL-2.0 binds changes to its own files; there are none.',
}

/** Packages whose manifest names no licence, with the one that their licence file is. */
const UNNAMED: Record<string, string> = { 'seq-queue': 'MIT' }

const Lock = z.object({
  packages: z.record(z.string(), z.object({
    version: z.string().optional(),
    license: z.string().optional(),
    dev: z.boolean().optional(),
  })),
})
const Manifest = z.object({ dependencies: z.record(z.string(), z.string()), devDependencies: z.record(z.string(), z.string()) })

interface Package {
  name: string
  licence: string
  dev: boolean
}

const manifest = Manifest.parse(JSON.parse(readFileSync('package.json', 'utf8')))
const packages = readPackages()

function readPackages(): Package[] {
  const lock = Lock.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')))
  const found = Object.entries(lock.packages).filter(([place]) => place !== '').map(([place, { license, dev }]): Package => {
    const name = place.replace(/^.*node_modules\//, '')
    return { name, licence: license ?? UNNAMED[name] ?? 'none named', dev: dev ?? false }
  })
  return [...new Map(found.map((each) => [each.name, each])).values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** A choice of licences is permissive when one of them is; several at once when all are. */
function isPermissive(licence: string): boolean {
  const choices = licence.replace(/[()]/g, '').split(/\s+OR\s+/i)
  return choices.some((choice) => choice.split(/\s+AND\s+/i).every((each) => PERMISSIVE.includes(each)))
}

function reasonFor(name: string): string | undefined {
  const pattern = Object.keys(CONSIDERED).find((each) => each === name || (each.endsWith('*') && name.startsWith(each.slice(0, -1))))
  return pattern && CONSIDERED[pattern]
}

function page(): string {
  const licences = [...new Set(packages.map(({ licence }) => licence))]
    .map((licence) => ({ licence, count: packages.filter((each) => each.licence === licence).length }))
    .sort((a, b) => b.count - a.count || (a.licence < b.licence ? -1 : 1))
  const others = packages.filter(({ licence }) => !isPermissive(licence))
  const direct = (names: object): string => Object.keys(names).sort().map((name) => {
    return `| ${name} | ${packages.find((each) => each.name === name)?.licence} |`
  }).join('\n')
  return `# Packages by others

Handroll is under the MIT licence (LICENSE). It stands on the packages below, which npm installs; none of their code is
part of this repository. A test writes this page from package-lock.json and fails when a package comes in whose terms
nobody has looked at.

## Used directly

| package | licence |
| --- | --- |
${direct(manifest.dependencies)}

For development and tests:

| package | licence |
| --- | --- |
${direct(manifest.devDependencies)}

## All packages, with those that they need

| licence | packages |
| --- | --- |
${licences.map(({ licence, count }) => `| ${licence} | ${count} |`).join('\n')}

## Under terms other than the usual permissive ones

| package | licence | why it may be here |
| --- | --- | --- |
${others.map(({ name, licence }) => `| ${name} | ${licence} | ${reasonFor(name) ?? ''} |`).join('\n')}
`
}

it('every package is under a permissive licence, or somebody has looked at its terms', () => {
  const open = packages.filter(({ name, licence }) => !isPermissive(licence) && !reasonFor(name))
  expect(open).toEqual([])
})

it('no reason is left over from a package that is gone', () => {
  const used = new Set(packages.filter(({ licence }) => !isPermissive(licence)).map(({ name }) => reasonFor(name)))
  expect(Object.values(CONSIDERED).filter((reason) => !used.has(reason))).toEqual([])
})

it('docs/third-party.md says so', async () => {
  await expect(page()).toMatchFileSnapshot('../../docs/third-party.md')
})
