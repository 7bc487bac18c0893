import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'

/** A large file that exists twice. Browsers take the brotli one only in secure contexts: https, or localhost. */
export const TwinFile = z.strictObject({ plain: z.string(), br: z.string() })
export type TwinFile = z.infer<typeof TwinFile>

/** Addresses of the built files that pages load at run time. Every name or folder carries a hash or a version. */
export const AssetManifest = z.strictObject({
  frame: z.string(),
  compiler: z.string(),
  wasm: TwinFile,
  monaco: z.strictObject({
    /** Folder that Monaco's loader calls `vs`. */
    vs: z.string(),
    /** Modules of that folder which exist twice, by their name for the loader. */
    large: z.record(z.string(), TwinFile),
    /** The script with Monaco's own words in Chinese; they are English without it. */
    chinese: TwinFile,
    editorWorker: TwinFile,
    typescriptWorker: TwinFile,
  }),
})
export type AssetManifest = z.infer<typeof AssetManifest>

/** Relative to the project's root. */
export const MANIFEST_FILE = 'public/generated/manifest.json'

/**
 * Reads the manifest of the last build. Server only.
 * @throws when there is none: the assets have to be built before the web process starts.
 */
export async function readAssetManifest(root = process.cwd()): Promise<AssetManifest> {
  // A file that is read at run time; the build need not look for it.
  const file = path.join(/* turbopackIgnore: true */ root, MANIFEST_FILE)
  return AssetManifest.parse(JSON.parse(await readFile(file, 'utf8')))
}
