import { type Channel, ChannelClosed, type Frame } from '@/lib/runtime/membrane/channel'
import { linkGuest, type GuestLink, type LinkOptions } from '@/lib/runtime/membrane/judge-link'
import type { Wire } from '@/lib/runtime/membrane/wire'

/** Makes the frames that answer a question. They may use its nonce, which an attacker inside a call could know. */
export type Forged = (question: Frame) => Frame[]

/** A link to a guest that loads one export, `f`, and answers its first call with what `forge` makes. */
export function attacked(forge: Forged, options: LinkOptions = {}): { link: GuestLink; call: (...args: unknown[]) => unknown; sent: Frame[] } {
  const inbox: Frame[] = []
  const sent: Frame[] = []
  let loaded = false
  const channel: Channel = {
    send: (frame) => {
      sent.push(frame)
      if (frame[0] !== 'q') return
      if (loaded) inbox.push(...forge(frame))
      else inbox.push(['a', frame[1] as Wire, 0, [[1, 'N', [], ['f', ['r', 3]]], [3, 'f', ['f', 0, 0], [null, null]]], [], null, true, ['r', 1], 'f'])
      loaded = true
    },
    receive: () => inbox.shift() ?? closed(),
  }
  const link = linkGuest(channel, options)
  link.load('')
  const call = (...args: unknown[]): unknown => (link.namespace as { f: (...args: unknown[]) => unknown }).f(...args)
  return { link, call, sent }
}

function closed(): never {
  throw new ChannelClosed('no more frames')
}

