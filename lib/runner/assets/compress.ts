import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import type { TwinFile } from '../manifest'
import { shortHash, type AssetFile } from './files'
import { writeIfChanged } from './write'

const brotli = promisify(brotliCompress)

/**
 * `fast` is brotli 5: about 2 s for everything, the compiler's file 3.16 MB. `best` is brotli 11: about a minute for
 * 2.68 MB. The levels between cost several times `fast` and save 3 percent.
 */
export type Effort = 'fast' | 'best'

/** Below this a file is left to the server, which compresses it on the way for a few milliseconds. */
const WORTH_BYTES = 150_000

const WORTH_TYPES = new Set(['.js', '.wasm'])

/**
 * Brotli twins of all large scripts and WebAssembly files. Compressing those for each visitor would cost the server
 * about a second. Results are kept in `cacheFolder` by content, so that a second build only copies them.
 */
export async function compressLarge(
  files: readonly AssetFile[],
  effort: Effort,
  cacheFolder: string,
): Promise<AssetFile[]> {
  return Promise.all(
    files
      .filter((file) => file.content.length >= WORTH_BYTES && WORTH_TYPES.has(path.extname(file.path)))
      .map(async (file) => ({
        path: twinPath(file.path),
        content: await compressed(file.content, effort, cacheFolder),
      })),
  )
}

/** Addresses of a file and its twin; the file itself stands for both when it was not worth compressing. */
export function twinOf(file: string, twins: readonly AssetFile[]): TwinFile {
  const twin = twins.find((each) => each.path === twinPath(file))
  return { plain: `/generated/${file}`, br: `/generated/${twin?.path ?? file}` }
}

/** `x.br.js` for `x.js`: the suffix stays last, so that the server names the right content type. */
function twinPath(file: string): string {
  const suffix = path.extname(file)
  return `${file.slice(0, -suffix.length)}.br${suffix}`
}

async function compressed(content: Uint8Array, effort: Effort, cacheFolder: string): Promise<Uint8Array> {
  const cached = path.join(cacheFolder, `${shortHash(content)}.${effort}.br`)
  const known = await readFile(cached).catch(() => null)
  if (known) return known
  const bytes = await brotli(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: effort === 'best' ? 11 : 5,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  })
  await writeIfChanged(cached, bytes)
  return bytes
}
