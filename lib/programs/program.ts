import type { Plugin } from 'esbuild'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { keepBundles, ROOT } from './kept-bundles'

/**
 * Programs that stay for as long as a grader does. They run from bundles: a loader of TypeScript would stay beside each of
 * them, with a thread and a process of its own, and take more memory than the program.
 */
const PROGRAMS = {
  grader: 'lib/service/grader.ts',
  'grader-host': 'lib/grader/host/main.ts',
} as const

export type Program = keyof typeof PROGRAMS

/**
 * Bundles a program for Node, unless that was done from the same sources before. Packages stay outside.
 * @returns the file to run
 */
export async function bundleProgram(program: Program): Promise<string> {
  const name = `${program}.mjs`
  const bundles = await keepBundles(`programs/${program}`, async (esbuild) => {
    const { metafile, outputFiles } = await esbuild.build({
      entryPoints: [path.join(ROOT, PROGRAMS[program])],
      absWorkingDir: ROOT,
      bundle: true,
      write: false,
      metafile: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      packages: 'external',
      tsconfig: path.join(ROOT, 'tsconfig.json'),
      plugins: [withPlaces(path.join(ROOT, '.handroll/programs', program, 'hash'))],
      logLevel: 'silent',
    })
    const plan = path.relative(ROOT, import.meta.filename)
    return { files: { [name]: outputFiles[0]?.text ?? '' }, inputs: [...Object.keys(metafile.inputs), plan] }
  })
  return bundles.file(name)
}

/** Bundles every program; for builds, so that what runs later need not. */
export async function bundlePrograms(): Promise<void> {
  for (const program of Object.keys(PROGRAMS) as Program[]) await bundleProgram(program)
}

/**
 * A file that asks where it is gets the place of its source. It is told by the way from the bundle, so that a bundle does
 * not depend on where the checkout lies.
 * @param folder of the bundle
 */
function withPlaces(folder: string): Plugin {
  return {
    name: 'places',
    setup: (build) => build.onLoad({ filter: /\.ts$/ }, ({ path: file }) => {
      const places = { dirname: path.dirname(file), filename: file }
      // Matched by a pattern: where this file is transformed itself, as in a test, the words would be replaced in a text.
      const contents = readFileSync(file, 'utf8').replaceAll(/import\.meta\.(dirname|filename)/g, (_, place: keyof typeof places) => {
        return `(import.meta.dirname + ${JSON.stringify(`/${path.relative(folder, places[place])}`)})`
      })
      return { contents, loader: 'ts' }
    }),
  }
}
