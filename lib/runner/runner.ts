import { CompilerUnavailable, createBrowserCompiler } from '@/lib/compile/browser'
import type { SourceFile } from '@/lib/compile/plan'
import type { TestError } from '@/lib/contract/run'
import { placesOf, SourceMapText } from './places'
import type { CompiledFile } from './protocol'
import type { FileProblem, PlacedError, RunEnd, RunEvent } from './results'
import { Sandbox, SandboxUnavailable } from './sandbox'
import { parseNote } from './worker-note'

export interface RunnerOptions {
  frameUrl: string
  compilerUrl: string
  /** Addresses of the compiler's WebAssembly file, best first. */
  wasmUrls: string[]
}

/** Sources by file name. The solution is one file; each test file gets an instance of it. */
export interface RunRequest {
  solution: { name: string; source: string }
  tests: { name: string; source: string }[]
  /** Wall time of the whole run, milliseconds. */
  wallMs: number
  seed?: number
}

export interface Runner {
  /** Loads compiler and sandbox ahead of the first run. Failures are kept for that run to report. */
  warm: () => Promise<void>
  /** Compiles and runs, telling each event as it happens. A run in progress is cancelled by the next. Never rejects. */
  run: (request: RunRequest, onEvent: (event: RunEvent) => void) => Promise<RunEnd>
  /** Ends the run in progress; its promise resolves as `cancelled`. */
  cancel: () => void
  dispose: () => void
}

/**
 * Runs learner code in this page: compiles it in a worker of our own and runs it in a worker inside a sandboxed frame
 * of opaque origin. The outcome is for the learner's eyes only; grades come from the server.
 */
export function createRunner(options: RunnerOptions): Runner {
  const compiler = createBrowserCompiler(options)
  let sandbox: Sandbox | null = null
  let latest = 0

  const openSandbox = (): Sandbox => {
    if (sandbox === null || sandbox.gone) sandbox = new Sandbox(options.frameUrl)
    return sandbox
  }

  const compileAll = async (request: RunRequest): Promise<FileProblem[] | Compiled> => {
    const sources: SourceFile[] = [
      { ...request.solution, kind: 'solution' },
      ...request.tests.map((test) => ({ ...test, kind: 'test' as const })),
    ]
    const results = await Promise.all(sources.map((source) => compiler.compile(source)))
    const problems: FileProblem[] = []
    const files: CompiledFile[] = []
    const maps = new Map<string, SourceMapText>()
    results.forEach((result, index) => {
      const name = sources[index]?.name ?? ''
      if (!result.ok) return problems.push(...result.problems.map((problem) => ({ file: name, problem })))
      files.push({ name, code: result.code })
      maps.set(name, new SourceMapText(result.map))
    })
    const [solution, ...tests] = files
    return problems.length > 0 || !solution ? problems : { solution, tests, maps }
  }

  const runOnce = async (request: RunRequest, onEvent: (event: RunEvent) => void, turn: number): Promise<RunEnd> => {
    const opened = openSandbox()
    const compiled = await compileAll(request)
    if (turn !== latest) return { kind: 'stopped', reason: 'cancelled', running: null }
    if (Array.isArray(compiled)) return { kind: 'compile-error', problems: compiled }
    const { solution, tests, maps } = compiled
    const reader = createNoteReader(maps, onEvent)
    const testTimeoutMs = Math.round(request.wallMs * 0.9)
    const job = { solution, tests, seed: request.seed ?? 1, testTimeoutMs }
    const end = await opened.run(job, request.wallMs, reader.read)
    // A frame that was removed is replaced at once, while the learner reads what happened.
    openSandbox()
    const done = reader.done()
    if (end.reason === 'done') return { kind: 'done', durationMs: done?.durationMs ?? 0 }
    return { kind: 'stopped', reason: end.reason, running: reader.running() }
  }

  return {
    warm: async () => {
      const opened = openSandbox()
      await Promise.allSettled([compiler.warm(), opened.ready])
    },
    run: async (request, onEvent) => {
      latest += 1
      const turn = latest
      sandbox?.cancel()
      try {
        return await runOnce(request, onEvent, turn)
      } catch (error) {
        if (turn !== latest) return { kind: 'stopped', reason: 'cancelled', running: null }
        if (error instanceof CompilerUnavailable) return { kind: 'unavailable', part: 'compiler' }
        if (error instanceof SandboxUnavailable) return { kind: 'unavailable', part: 'sandbox' }
        throw error
      }
    },
    cancel: () => {
      latest += 1
      sandbox?.cancel()
    },
    dispose: () => {
      latest += 1
      compiler.dispose()
      sandbox?.remove()
    },
  }
}

interface Compiled {
  solution: CompiledFile
  tests: CompiledFile[]
  maps: ReadonlyMap<string, SourceMapText>
}

/** Parses what a worker says and passes on what it understands; anything else the code under test made up. */
function createNoteReader(maps: ReadonlyMap<string, SourceMapText>, onEvent: (event: RunEvent) => void) {
  let running: string | null = null
  let done: { durationMs: number } | null = null
  const placed = (error: TestError): PlacedError => ({ ...error, places: placesOf(error.stack, maps) })
  const read = (text: string): void => {
    const note = parseNote(text)
    if (note === null) return
    if (note.type === 'running') running = note.name
    else if (note.type === 'done') done = note
    else if (note.type === 'error') onEvent({ type: 'error', error: placed(note.error) })
    else if (note.type === 'silenced') onEvent(note)
    else if (note.type === 'console') {
      onEvent({ type: 'console', line: { ...note.line, places: placesOf(note.line.stack, maps) } })
    } else {
      running = null
      onEvent({ type: 'test', test: { ...note.test, errors: note.test.errors.map(placed) } })
    }
  }
  return { read, running: () => running, done: () => done as { durationMs: number } | null }
}
