import { GRACE_MS, READY_TIMEOUT_MS } from './caps'
import { HELLO, type EndReason, type FrameReply, type FrameRequest, type RunJob } from './protocol'

/** How one run ended; `message` is the worker's own last word after `crashed`. */
export interface SandboxEnd {
  reason: EndReason
  message: string | null
}

/** The frame did not load or cannot start workers. */
export class SandboxUnavailable extends Error {
  override readonly name = 'SandboxUnavailable'
}

interface Active {
  id: number
  wallMs: number
  timer: ReturnType<typeof setTimeout> | undefined
  onNote: (text: string) => void
  resolve: (end: SandboxEnd) => void
}

/**
 * The page's handle on one sandboxed frame. It keeps a clock of its own: a frame that is flooded with messages ends its
 * runs too late, but removing the frame always works, and takes the memory of the run with it.
 */
export class Sandbox {
  /** Resolves once a worker stands by. */
  readonly ready: Promise<void>
  /** True once the frame has been removed from the page; the sandbox is then of no more use. */
  gone = false
  readonly #frame: HTMLIFrameElement
  readonly #port: MessagePort
  #settleReady!: { resolve: () => void; reject: (reason: Error) => void }
  #active: Active | null = null
  #nextId = 1
  readonly #readyTimer: ReturnType<typeof setTimeout>

  constructor(frameUrl: string) {
    this.ready = new Promise((resolve, reject) => (this.#settleReady = { resolve, reject }))
    this.ready.catch(() => undefined)
    const { port1, port2 } = new MessageChannel()
    this.#port = port1
    port1.onmessage = ({ data }: MessageEvent<FrameReply>) => this.#receive(data)
    this.#frame = createFrame(frameUrl)
    const onHello = (event: MessageEvent): void => {
      if (event.source !== this.#frame.contentWindow || event.data !== HELLO) return
      removeEventListener('message', onHello)
      // The frame's origin is opaque, so it cannot be named; the check above is what makes this the right window.
      this.#frame.contentWindow?.postMessage(HELLO, '*', [port2])
    }
    addEventListener('message', onHello)
    this.#readyTimer = setTimeout(() => {
      removeEventListener('message', onHello)
      this.remove()
    }, READY_TIMEOUT_MS)
    document.body.append(this.#frame)
  }

  /**
   * Runs one job. `onNote` gets what the worker says, unparsed.
   * @throws SandboxUnavailable when the frame never becomes ready.
   */
  async run(job: RunJob, wallMs: number, onNote: (text: string) => void): Promise<SandboxEnd> {
    await this.ready
    this.cancel()
    const id = this.#nextId++
    return new Promise((resolve) => {
      this.#active = { id, wallMs, onNote, resolve, timer: undefined }
      // Until the frame says that the run has begun, it may still be starting a worker.
      this.#setDeadline(READY_TIMEOUT_MS)
      this.#send({ type: 'run', id, job, wallMs })
    })
  }

  /** Ends the run in progress, if there is one. */
  cancel(): void {
    if (this.#active) this.#send({ type: 'cancel', id: this.#active.id })
    this.#end({ reason: 'cancelled', message: null })
  }

  /** Takes the frame, its process and everything in it off the page. */
  remove(reason: EndReason = 'cancelled'): void {
    if (this.gone) return
    this.gone = true
    clearTimeout(this.#readyTimer)
    this.#port.close()
    this.#frame.remove()
    this.#settleReady.reject(new SandboxUnavailable('the sandbox did not start'))
    this.#end({ reason, message: null })
  }

  #send(message: FrameRequest): void {
    this.#port.postMessage(message)
  }

  #setDeadline(ms: number): void {
    const active = this.#active
    if (!active) return
    clearTimeout(active.timer)
    active.timer = setTimeout(() => this.remove('time-limit'), ms)
  }

  #receive(message: FrameReply): void {
    if (message.type === 'ready') {
      clearTimeout(this.#readyTimer)
      return this.#settleReady.resolve()
    }
    if (message.type === 'broken') return this.remove('crashed')
    const active = this.#active
    if (message.id !== active?.id) return
    if (message.type === 'started') return this.#setDeadline(active.wallMs + GRACE_MS)
    if (message.type === 'note') return active.onNote(message.text)
    // After a flood or a run that filled memory, the frame may still hold all of it.
    if (message.reason === 'output-limit' || message.reason === 'time-limit') return this.remove(message.reason)
    this.#end({ reason: message.reason, message: message.message })
  }

  #end(end: SandboxEnd): void {
    const active = this.#active
    if (!active) return
    this.#active = null
    clearTimeout(active.timer)
    active.resolve(end)
  }
}

function createFrame(url: string): HTMLIFrameElement {
  const frame = document.createElement('iframe')
  frame.setAttribute('sandbox', 'allow-scripts')
  frame.setAttribute('aria-hidden', 'true')
  frame.tabIndex = -1
  frame.title = 'Sandbox'
  frame.style.cssText = 'position:absolute;width:0;height:0;border:0;visibility:hidden'
  frame.src = url
  return frame
}
