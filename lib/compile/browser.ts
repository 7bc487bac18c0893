import type { CompilerReply, CompilerRequest } from './browser-protocol'
import type { CompileResult, SourceFile } from './plan'
import { TOO_COMPLEX } from './problems'

export interface BrowserCompiler {
  /** Starts the worker now, so that the first compilation does not wait for it. Resolves when it is ready. */
  warm: () => Promise<void>
  /**
   * Compiles one file; an unchanged file is answered from memory.
   * @throws CompilerUnavailable when the compiler cannot be loaded.
   */
  compile: (file: SourceFile) => Promise<CompileResult>
  dispose: () => void
}

export interface BrowserCompilerOptions {
  compilerUrl: string
  /** Addresses of the same WebAssembly file, best first. */
  wasmUrls: string[]
  /** Time one file may take once the compiler is ready, milliseconds. */
  timeoutMs?: number
}

/** The compiler did not load: no network, or a browser that lacks something it needs. Trying again may help. */
export class CompilerUnavailable extends Error {
  override readonly name = 'CompilerUnavailable'
}

interface Pending {
  id: number
  resolve: (result: CompileResult) => void
  reject: (error: unknown) => void
}

/** The page's handle on the compiler worker. The worker is started by the first use and replaced when it breaks. */
export function createBrowserCompiler(options: BrowserCompilerOptions): BrowserCompiler {
  const { compilerUrl, wasmUrls, timeoutMs = 5_000 } = options
  const remembered = new Map<string, { source: string; result: Promise<CompileResult> }>()
  let worker: Worker | null = null
  let ready: Promise<void> | null = null
  let rejectReady: (reason: Error) => void = () => undefined
  let pending: Pending | null = null
  let last: Promise<unknown> = Promise.resolve()
  let nextId = 1

  /** Ends the worker; what it was compiling is settled by `settle`. */
  const stop = (settle: (pending: Pending) => void, reason: Error): void => {
    worker?.terminate()
    worker = null
    ready = null
    rejectReady(reason)
    const unfinished = pending
    pending = null
    if (unfinished) settle(unfinished)
  }
  const giveUp = (): void =>
    stop(({ resolve }) => resolve({ ok: false, problems: [TOO_COMPLEX] }), new CompilerUnavailable('it gave up'))
  const breakDown = (message: string): void => {
    const reason = new CompilerUnavailable(message)
    stop(({ reject }) => reject(reason), reason)
  }

  const receive = (reply: CompilerReply, resolveReady: () => void): void => {
    if (reply.type === 'ready') return resolveReady()
    if (reply.type === 'broken') return breakDown(reply.message)
    if (reply.id !== pending?.id) return
    if (reply.type === 'gave-up') return giveUp()
    const { resolve } = pending
    pending = null
    resolve(reply.result)
  }

  const warm = (): Promise<void> => {
    ready ??= new Promise((resolve, reject) => {
      const started = new Worker(compilerUrl)
      worker = started
      rejectReady = reject
      started.onerror = (event) => {
        if (worker === started) breakDown(event.message || 'the compiler could not be loaded')
      }
      started.onmessage = ({ data }: MessageEvent<CompilerReply>) => {
        if (worker === started) receive(data, resolve)
      }
      send(started, { type: 'start', wasmUrls: wasmUrls.map((url) => new URL(url, location.href).href) })
    })
    return ready
  }

  const compileNow = async (file: SourceFile): Promise<CompileResult> => {
    await warm()
    const id = nextId++
    const timer = setTimeout(giveUp, timeoutMs)
    try {
      return await new Promise((resolve, reject) => {
        pending = { id, resolve, reject }
        if (worker) send(worker, { type: 'compile', id, file })
        else reject(new CompilerUnavailable('the compiler was stopped'))
      })
    } finally {
      clearTimeout(timer)
    }
  }

  /** One after the other, so that a file which breaks the compiler takes no other with it. */
  const compileInTurn = (file: SourceFile): Promise<CompileResult> => {
    const result = last.then(() => compileNow(file))
    last = result.catch(() => undefined)
    return result
  }

  return {
    warm,
    compile: (file) => {
      const known = remembered.get(file.name)
      if (known?.source === file.source) return known.result
      const result = compileInTurn(file)
      remembered.set(file.name, { source: file.source, result })
      result.catch(() => remembered.delete(file.name))
      return result
    },
    dispose: () => breakDown('the page has moved on'),
  }
}

function send(worker: Worker, message: CompilerRequest): void {
  worker.postMessage(message)
}
