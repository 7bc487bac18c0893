import type { Foreign } from '../foreign'
import type { Channel, Frame } from './channel'
import { copyForDriver } from './driver-args'
import { Endpoint } from './endpoint'
import { drive, isPlainObject } from './guest-end'
import { Intrinsics } from './intrinsics'
import { rememberProxies } from './remembered-proxies'

/** Both ends in one realm: the browser, and the check of the content. */
export interface LoopbackLink extends Foreign {
  /** Stand-in of the solution's exports. Throws what the solution threw while loading. */
  readonly namespace: unknown
  /** Runs a driver's text beside the solution. */
  drive(source: string, args: unknown[]): unknown
  close(): void
}

type Load = (require: (specifier: string) => unknown, module: { exports: unknown }, exports: unknown) => void

/**
 * Puts a solution behind a membrane of its own within this realm, with the same encoding and the same refusals as
 * between two processes. It guards nothing; it makes tests mean here what they mean in the grader.
 * @param load the compiled CommonJS body; it runs when the namespace is first read
 */
export function loopback(load: Load): LoopbackLink {
  const intrinsics = new Intrinsics().rememberAll()
  rememberProxies(globalThis)
  let loaded: { exports: unknown } | null = null
  let stand: { namespace: unknown } | null = null

  const toGuest: Frame[] = []
  const toJudge: Frame[] = []
  const guest = new Endpoint({
    role: 'guest',
    channel: channel(toGuest, toJudge, () => judge.serveOne()),
    intrinsics,
    drive: (source, args) => drive(source, loaded?.exports, args),
    onQuestion: (operation) => (operation === 'load' ? { absent: false, list: [loaded?.exports] } : undefined),
    kindOf: (value) => (value === loaded?.exports && isPlainObject(value) ? 'N' : null),
  })
  const judge = new Endpoint({ role: 'judge', channel: channel(toJudge, toGuest, () => guest.serveOne()), intrinsics })

  const loadOnce = (): void => {
    if (loaded) return
    const module = { exports: {} as unknown }
    load(refuseImport, module, module.exports)
    loaded = module
  }

  return {
    isHandle: (value) => judge.snapshots.isHandle(value),
    snapshot: (value) => judge.snapshots.take(value),
    elementsOf: (value) => judge.snapshots.elementsOf(value),
    walked: (a, b) => judge.snapshots.walked(a, b),
    get namespace() {
      loadOnce()
      if (!stand) {
        const answer = judge.ask('load', [])
        stand = { namespace: answer.absent ? undefined : answer.list[0] }
      }
      return stand.namespace
    },
    drive(source, args) {
      loadOnce()
      const answer = judge.ask('drive', [source, ...copyForDriver(judge.heap, args)])
      return answer.absent ? undefined : answer.list[0]
    },
    close() {},
  }
}

/** Waiting for a frame means letting the other end handle the one that it has. */
function channel(inbox: Frame[], outbox: Frame[], letOtherServe: () => void): Channel {
  return {
    send: (frame) => {
      outbox.push(frame)
      if (frame[0] === 't') letOtherServe()
    },
    receive: () => {
      while (inbox.length === 0) letOtherServe()
      return inbox.shift() as Frame
    },
  }
}

function refuseImport(specifier: string): never {
  throw new Error(`'${specifier}' cannot be imported: a solution is one file that stands alone`)
}
