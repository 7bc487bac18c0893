import { loader } from '@monaco-editor/react'
import type * as MonacoApi from 'monaco-editor'
import type { Locale } from '@/lib/contract/localized'
import { configureTypeScript } from './typescript'

export type Monaco = typeof MonacoApi

interface TwinFile {
  plain: string
  br: string
}

/** Where Monaco's files are. Brotli files are for secure contexts: elsewhere browsers refuse them. */
export interface MonacoFiles {
  vs: string
  large: Record<string, TwinFile>
  chinese: TwinFile
  editorWorker: TwinFile
  typescriptWorker: TwinFile
}

let loading: Promise<Monaco> | null = null

/**
 * Loads Monaco from this site, once for the life of the page; its own words are in the first language asked for.
 * After a failure only a reload of the page tries again.
 */
export function loadMonaco(files: MonacoFiles, locale: Locale): Promise<Monaco> {
  loading ??= load(files, locale)
  return loading
}

async function load(files: MonacoFiles, locale: Locale): Promise<Monaco> {
  const pick = (file: TwinFile): string => (isSecureContext ? file.br : file.plain)
  const large = Object.entries(files.large).map(([name, file]) => [name, pick(file).replace(/\.js$/, '')])
  loader.config({ paths: { vs: files.vs, ...Object.fromEntries(large) } })
  // By ourselves: the loader's own setting for this waits for ever, since these files are no modules.
  if (locale === 'zh') await loadScript(pick(files.chinese))
  const monaco = (await loader.init()) as unknown as Monaco
  // Only now: Monaco's own script sets workers made from blobs, which the page's policy does not allow.
  self.MonacoEnvironment = {
    getWorker: (_id: string, label: string) =>
      new Worker(pick(label === 'typescript' || label === 'javascript' ? files.typescriptWorker : files.editorWorker)),
  }
  configureTypeScript(monaco)
  // Widths are measured when an editor opens, perhaps before the font has arrived.
  void document.fonts.ready.then(() => monaco.editor.remeasureFonts())
  return monaco
}

function loadScript(src: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script')
    script.src = src
    script.onload = () => resolve()
    script.onerror = () => reject(new Error(`${src} could not be loaded`))
    document.head.append(script)
  })
}
