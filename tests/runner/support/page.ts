import { createBrowserCompiler } from '@/lib/compile/browser'
import type { CompileResult, SourceFile } from '@/lib/compile/plan'
import type { AssetManifest } from '@/lib/runner/manifest'
import type { RunEnd, RunEvent } from '@/lib/runner/results'
import { createRunner, type RunRequest } from '@/lib/runner/runner'

declare const MANIFEST: AssetManifest

/** A run as a test sees it: all that was told, in order, and how it ended. */
export interface Observed {
  events: RunEvent[]
  end: RunEnd
  /** How often a 10 ms timer of the page ran meanwhile. */
  heartbeats: number
}

export interface Lab {
  observe: (request: RunRequest) => Promise<Observed>
  cancelAfterFirstEvent: (request: RunRequest) => Promise<Observed>
  compile: (file: SourceFile) => Promise<CompileResult>
  violations: string[]
  frames: () => number
}

const violations: string[] = []
document.addEventListener('securitypolicyviolation', (event) => {
  violations.push(`${event.effectiveDirective} ${event.blockedURI}`)
})

const urls = {
  frameUrl: MANIFEST.frame,
  compilerUrl: MANIFEST.compiler,
  wasmUrls: [MANIFEST.wasm.br, MANIFEST.wasm.plain],
}
const runner = createRunner(urls)
const compiler = createBrowserCompiler(urls)

async function run(request: RunRequest, onEvent: (event: RunEvent) => void): Promise<Observed> {
  const events: RunEvent[] = []
  let heartbeats = 0
  const timer = setInterval(() => (heartbeats += 1), 10)
  const end = await runner.run(request, (event) => {
    events.push(event)
    onEvent(event)
  })
  clearInterval(timer)
  return { events, end, heartbeats }
}

const lab: Lab = {
  observe: (request) => run(request, () => undefined),
  cancelAfterFirstEvent: (request) => run(request, () => runner.cancel()),
  compile: (file) => compiler.compile(file),
  violations,
  frames: () => document.querySelectorAll('iframe').length,
}
Object.assign(window, { lab })
