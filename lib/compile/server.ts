import { CompileChild, CompileChildDied } from './server-process'
import { compileFile, type CompileResult, type SourceFile, type Transform } from './plan'
import { TOO_COMPLEX } from './problems'

export interface ServerCompiler {
  /** Compiles one file. A source that breaks the compiler gets a `too-complex` problem and harms no other. */
  compile: (file: SourceFile) => Promise<CompileResult>
  /** Ends every process. Compilations still running are rejected. */
  close: () => void
}

export interface ServerCompilerOptions {
  /** Most processes, which is also how many files compile at a time. */
  size?: number
  /** How long a file waits for a process in use before one more is started, milliseconds. A file takes about 5. */
  patienceMs?: number
  /** Wall time one file may take, milliseconds. The worst honest 64 KiB needs about 150. */
  timeoutMs?: number
  /** Memory each process may write to, MiB (RLIMIT_DATA). */
  memoryMiB?: number
}

/** A process is replaced after this many files, so that nothing it keeps can pile up. */
const FILES_PER_PROCESS = 2_000

/**
 * Starts the compiler of the server: a few long-lived processes under resource limits, each compiling one file at a
 * time. There is one at first; a file that is slow to compile makes others wait, and more are started for them. A process
 * that crashes, hangs or outgrows its memory is killed and replaced.
 * @throws when no process can be started, for instance because a limit cannot be set.
 */
export async function createServerCompiler(options: ServerCompilerOptions = {}): Promise<ServerCompiler> {
  const { size = 2, patienceMs = 100, timeoutMs = 5_000, memoryMiB = 768 } = options
  const waiting: ((child: CompileChild) => void)[] = []
  const idle: CompileChild[] = []
  const alive = new Set<CompileChild>()
  let places = 1
  let closed = false

  const start = async (): Promise<CompileChild> => {
    const child = await CompileChild.start({ memoryMiB })
    if (closed) child.kill()
    else alive.add(child)
    return child
  }
  const putBack = (child: CompileChild): void => {
    const next = waiting.shift()
    if (next) next(child)
    else idle.push(child)
  }
  const take = (): Promise<CompileChild> => {
    const child = idle.pop()
    return child ? Promise.resolve(child) : wait()
  }
  const wait = (): Promise<CompileChild> => new Promise((resolve) => {
    const timer = setTimeout(() => void grow(), patienceMs)
    waiting.push((child) => {
      clearTimeout(timer)
      resolve(child)
    })
  })
  /** Without one more, whoever waits gets one of those in use. */
  const grow = async (): Promise<void> => {
    if (closed || places >= size) return
    places++
    try {
      putBack(await start())
    } catch {
      places--
    }
  }
  /** A place whose process could not be replaced is filled by the next one that asks for it. */
  const withChild = async <T>(use: (child: CompileChild) => Promise<T>): Promise<T> => {
    let child = await take()
    try {
      if (child.dead || child.served >= FILES_PER_PROCESS) {
        child.kill()
        alive.delete(child)
        child = await start()
      }
      return await use(child)
    } finally {
      putBack(child)
      if (child.dead) void warm()
    }
  }
  /** Replaces a dead idle process ahead of the next file. A failure here is met again, and told, by that file. */
  const warm = async (): Promise<void> => {
    if (!closed) await withChild(() => Promise.resolve()).catch(() => undefined)
  }

  const compileOnce = (file: SourceFile): Promise<CompileResult> =>
    withChild((child) => {
      const transform: Transform = (source, settings) => child.transform(source, settings, timeoutMs)
      return compileFile(transform, file)
    })

  const compile = async (file: SourceFile): Promise<CompileResult> => {
    // A crash may be the machine's doing, so it gets a second process; running out of time does not.
    for (const last of [false, true]) {
      if (closed) break
      try {
        return await compileOnce(file)
      } catch (error) {
        if (!(error instanceof CompileChildDied) || closed) throw error
        if (last || error.cause === 'timeout') return { ok: false, problems: [TOO_COMPLEX] }
      }
    }
    throw new Error('The compiler is closed.')
  }

  putBack(await start())
  return {
    compile,
    close: () => {
      closed = true
      for (const child of alive) child.kill()
    },
  }
}
