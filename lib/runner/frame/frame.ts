import { MAX_NOTE_CHARS, MAX_NOTES, MAX_TOTAL_CHARS } from '../caps'
import { HELLO, type EndReason, type FrameReply, type FrameRequest } from '../protocol'

/*
 * The script of the sandboxed frame. Its origin is opaque and its policy allows no network at all. It never runs
 * learner code itself: it keeps one worker standing by, hands a run to it, counts what comes back, and ends it.
 */

/** Delay of the next spare worker, so that starting it does not compete with painting the result, milliseconds. */
const RESPAWN_DELAY_MS = 120

interface Run {
  id: number
  worker: Worker
  timer: ReturnType<typeof setTimeout>
  notes: number
  chars: number
}

const harness = document.getElementById('harness')?.textContent ?? ''
const harnessUrl = URL.createObjectURL(new Blob([harness], { type: 'text/javascript' }))
let page: MessagePort | null = null
let spare: Worker | null = null
let respawn: ReturnType<typeof setTimeout> | undefined
let current: Run | null = null

addEventListener('message', (event) => {
  // One page, once: whoever embeds the frame is the only one that gets to speak to it.
  const port = event.ports[0]
  if (page !== null || event.source !== parent || !port) return
  page = port
  page.onmessage = ({ data }: MessageEvent<FrameRequest>) => {
    if (data.type === 'run') run(data)
    else if (data.id === current?.id) end('cancelled')
  }
  keepSpare()
})
parent.postMessage(HELLO, '*')

function reply(message: FrameReply): void {
  page?.postMessage(message)
}

function keepSpare(): Worker {
  clearTimeout(respawn)
  if (spare) return spare
  const worker = new Worker(harnessUrl)
  worker.onmessage = () => reply({ type: 'ready' })
  worker.onerror = (event) => reply({ type: 'broken', message: event.message || 'a worker could not be started' })
  spare = worker
  return worker
}

function run(request: Extract<FrameRequest, { type: 'run' }>): void {
  if (current) end('cancelled')
  const worker = keepSpare()
  spare = null
  const timer = setTimeout(() => end('time-limit'), request.wallMs)
  const started: Run = { id: request.id, worker, timer, notes: 0, chars: 0 }
  current = started
  worker.onmessage = ({ data }: MessageEvent<unknown>) => receive(started, data)
  worker.onerror = (event) => {
    event.preventDefault()
    if (current === started) end('crashed', event.message)
  }
  worker.postMessage(request.job)
  reply({ type: 'started', id: request.id })
}

function receive(from: Run, data: unknown): void {
  if (current !== from || data === 'ready') return
  if (typeof data !== 'string' || data.length > MAX_NOTE_CHARS) return end('output-limit')
  from.notes += 1
  from.chars += data.length
  if (from.notes > MAX_NOTES || from.chars > MAX_TOTAL_CHARS) return end('output-limit')
  reply({ type: 'note', id: from.id, text: data })
  if (data.startsWith('{"type":"done"')) end('done')
}

function end(reason: EndReason, message: string | null = null): void {
  if (!current) return
  const { id, worker, timer } = current
  current = null
  clearTimeout(timer)
  worker.onmessage = null
  worker.onerror = null
  worker.terminate()
  reply({ type: 'ended', id, reason, message })
  respawn = setTimeout(keepSpare, RESPAWN_DELAY_MS)
}
