import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { createServer, request } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { clientAddress } from '@/lib/http/address'
import { settleForwarded, watchForwardedHeaders } from '@/lib/http/forwarded'

function settled(headers: IncomingHttpHeaders, hops: number, remoteAddress = '10.0.0.9'): IncomingHttpHeaders {
  const message = { headers: { ...headers }, socket: { remoteAddress } } as unknown as IncomingMessage
  settleForwarded(message, hops)
  return message.headers
}

describe('forwarding headers', () => {
  it('of a client without a proxy in front are dropped: it is who it is', () => {
    const own = { 'x-forwarded-for': '1.2.3.4', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil.example' }
    const headers = settled({ ...own, host: 'own' }, 0)
    expect(headers).toEqual({ 'x-forwarded-for': '10.0.0.9', host: 'own' })
  })

  it('of one trusted proxy name the client', () => {
    const headers = settled({ 'x-forwarded-for': '1.2.3.4', 'x-forwarded-proto': 'https' }, 1)
    expect(headers).toEqual({ 'x-forwarded-for': '1.2.3.4', 'x-forwarded-proto': 'https' })
  })

  it('count from the right, so what a client wrote into them itself is passed over', () => {
    const chain = { 'x-forwarded-for': '6.6.6.6, 7.7.7.7, 1.2.3.4, 10.0.0.1' }
    expect(settled(chain, 2)['x-forwarded-for']).toBe('1.2.3.4')
    expect(settled(chain, 1)['x-forwarded-for']).toBe('10.0.0.1')
  })

  it('that are shorter than the number of proxies yield the first address there is', () => {
    expect(settled({}, 3)['x-forwarded-for']).toBe('10.0.0.9')
  })
})

describe('the watch on all requests of the process', () => {
  let server: ReturnType<typeof createServer> | undefined
  afterEach(() => server?.close())

  it('has settled the headers before the server sees them', async () => {
    watchForwardedHeaders(0)
    server = createServer((incoming, response) => response.end(incoming.headers['x-forwarded-for']))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const call = request({ port, host: '127.0.0.1', headers: { 'x-forwarded-for': '6.6.6.6' } }).end()
    const [answer] = (await once(call, 'response')) as [IncomingMessage]
    const chunks: Buffer[] = await answer.toArray()
    expect(Buffer.concat(chunks).toString()).toBe('127.0.0.1')
  })
})

describe('an address as a key', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:0db8:0000:0001:aaaa::5', '2001:db8:0:1::/64'],
    ['2001:db8:0:1:bbbb:1:2:3', '2001:db8:0:1::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['', 'unknown'],
  ])('%s is counted as %s', (address, key) => {
    expect(clientAddress(new Headers({ 'x-forwarded-for': address }))).toBe(key)
  })
})
