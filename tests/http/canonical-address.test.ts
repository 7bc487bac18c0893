import { NextRequest } from 'next/server'
import { expect, it } from 'vitest'
import { proxy } from '@/proxy'

const ID = '01A1FFAC-A0F2-76A3-A71A-E5B5A50954E9'

it.each([
  [`/classes/${ID}?tab=1`, `/classes/${ID.toLowerCase()}?tab=1`],
  // Another host only for those who put the parts of an address together as text.
  [`//evil.example/${ID}`, `//evil.example/${ID.toLowerCase()}`],
])('%s is sent on to its one address, on the same host', async (from, to) => {
  const { status, headers } = await proxy(new NextRequest(`http://handroll.example${from}`))
  const { host, pathname, search } = new URL(headers.get('location') ?? '')
  expect([status, host, pathname + search]).toEqual([308, 'handroll.example', to])
})
