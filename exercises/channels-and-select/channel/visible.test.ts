import { describe, expect, it } from 'vitest'
import { Chan, ClosedChannelError } from './solution'

/** Lets everything happen that can happen. */
async function settle(): Promise<void> {
  for (let i = 0; i < 50; i++) await null
}

/** Keeps an eye on a promise without waiting for it. */
function watch<T>(promise: Promise<T>) {
  const seen: { state: 'pending' | 'resolved' | 'rejected'; value?: T; reason?: unknown } = { state: 'pending' }
  promise.then(
    (value) => Object.assign(seen, { state: 'resolved', value }),
    (reason) => Object.assign(seen, { state: 'rejected', reason }),
  )
  return seen
}

describe('Chan', () => {
  it('makes an unbuffered send wait for its receiver', async () => {
    const ch = new Chan<string>()
    const send = watch(ch.send('hello'))
    await settle()
    expect(send.state).toBe('pending')
    expect(ch.waiting).toEqual({ senders: 1, receivers: 0 })

    const recv = watch(ch.recv())
    await settle()
    expect(recv.value).toEqual({ value: 'hello', ok: true })
    expect(send.state).toBe('resolved')
  })

  it('lets sends run ahead by the capacity of the buffer', async () => {
    const ch = new Chan<number>(2)
    const sends = [1, 2, 3].map((v) => watch(ch.send(v)))
    await settle()
    expect(sends.map(({ state }) => state)).toEqual(['resolved', 'resolved', 'pending'])
    expect([ch.len, ch.cap]).toEqual([2, 2])

    const recv = watch(ch.recv())
    await settle()
    expect(recv.value).toEqual({ value: 1, ok: true })
    expect(sends[2]?.state).toBe('resolved')
    expect(ch.len).toBe(2)
  })

  it('hands out what was buffered before it says that it is closed', async () => {
    const ch = new Chan<string>(2)
    void ch.send('last words')
    ch.close()
    const received = [watch(ch.recv()), watch(ch.recv())]
    await settle()
    expect(received.map(({ value }) => value)).toEqual([
      { value: 'last words', ok: true },
      { value: undefined, ok: false },
    ])
  })

  it('rejects a send on a closed channel', async () => {
    const ch = new Chan<string>(1)
    ch.close()
    const send = watch(ch.send('too late'))
    await settle()
    expect(send.reason).toBeInstanceOf(ClosedChannelError)
    expect(() => ch.close()).toThrow(ClosedChannelError)
  })

  it('can be looped over until it is closed', async () => {
    const ch = new Chan<number>()
    const seen: number[] = []
    const loop = watch(
      (async () => {
        for await (const v of ch) seen.push(v)
      })(),
    )
    for (const v of [1, 2, 3]) void ch.send(v)
    await settle()
    expect(seen).toEqual([1, 2, 3])
    expect(loop.state).toBe('pending')

    ch.close()
    await settle()
    expect(loop.state).toBe('resolved')
  })

  it('takes an aborted receiver out of the line', async () => {
    const ch = new Chan<string>()
    const controller = new AbortController()
    const impatient = watch(ch.recv({ signal: controller.signal }))
    const patient = watch(ch.recv())
    controller.abort(new Error('enough'))
    void ch.send('for whoever is left')
    await settle()
    expect(impatient.state).toBe('rejected')
    expect(patient.value).toEqual({ value: 'for whoever is left', ok: true })
  })
})
