/// <reference lib="webworker" />
import { initialize, transform } from 'esbuild-wasm/esm/browser'
import { compileFile } from './plan'
import type { CompilerReply, CompilerRequest } from './browser-protocol'

/*
 * Entry of the compiler worker in the page. esbuild runs right here (`worker: false`): a worker of its own would be
 * made from a blob, and would need rights to WebAssembly on the page itself.
 */

declare const self: DedicatedWorkerGlobalScope

const reply = (message: CompilerReply): void => self.postMessage(message)

self.onmessage = async ({ data }: MessageEvent<CompilerRequest>) => {
  if (data.type === 'start') return start(data.wasmUrls)
  try {
    reply({ type: 'compiled', id: data.id, result: await compileFile(transform, data.file) })
  } catch {
    // The compiler itself gave up on this source, and its state is lost with it.
    reply({ type: 'gave-up', id: data.id })
  }
}

async function start(wasmUrls: string[]): Promise<void> {
  try {
    await initialize({ wasmModule: await fetchModule(wasmUrls), worker: false })
    // The first transform sets up the Go runtime inside the module; better now than when someone waits for it.
    await transform('', { loader: 'ts' })
    reply({ type: 'ready' })
  } catch (error) {
    reply({ type: 'broken', message: String(error) })
  }
}

/** Takes the first address that works: the small brotli file is refused by browsers on plain http. */
async function fetchModule(urls: string[]): Promise<WebAssembly.Module> {
  let failure: unknown = new Error('no address of the compiler was given')
  for (const url of urls) {
    try {
      return await WebAssembly.compileStreaming(fetch(url))
    } catch (error) {
      failure = error
    }
  }
  throw failure
}
