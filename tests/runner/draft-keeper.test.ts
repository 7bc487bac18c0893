import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { LocalDraft } from '@/app/exercises/[exercise]/_state/draft'
import type { DraftBody, DraftView } from '@/lib/contract/submission'
import { bundleForPage } from './support/bundle'
import { launchChromium } from './support/chromium'
import type { KeeperLab } from './support/keeper-page'

const LOADED_AT = '2026-01-01T10:00:00.000Z'

let browser: Browser
let page: Page
let server: Server
/** The server's copy, what was sent to it, and a problem that it answers everything with while there is one. */
let copy: DraftView | null
let sent: string[]
let problem: { status: number; code: string; retryAfterSeconds?: number } | null

beforeAll(async () => {
  const script = await bundleForPage('keeper-page.ts')
  server = createServer(async (request, response) => {
    if (request.url !== '/api/drafts/lru-cache') {
      response.setHeader('Content-Type', 'text/html')
      return void response.end(`<!doctype html><script>${script}</script>`)
    }
    const body = await text(request)
    if (problem) {
      response.writeHead(problem.status, { 'Content-Type': 'application/json' })
      return void response.end(JSON.stringify({ error: { message: 'no', ...problem, status: undefined } }))
    }
    if (request.method === 'PUT') {
      const draft = JSON.parse(body) as DraftBody
      sent.push(draft.source)
      copy = { ...draft, updatedAt: new Date(Date.parse(LOADED_AT) + sent.length * 1_000).toISOString() }
    }
    response.setHeader('Content-Type', 'application/json')
    response.end(JSON.stringify(copy))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  browser = await launchChromium()
})
afterAll(async () => {
  await browser.close()
  server.closeAllConnections()
  server.close()
})
beforeEach(async () => {
  copy = { source: 'as loaded', ownTests: '', updatedAt: LOADED_AT }
  sent = []
  problem = null
  page = await (await browser.newContext()).newPage()
  await page.clock.install({ time: LOADED_AT })
  await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`)
})

type WithLab = typeof window & { lab: KeeperLab }
const AS_LOADED: LocalDraft = {
  source: 'as loaded', ownTests: '', editedAt: Date.parse(LOADED_AT), base: LOADED_AT, dirty: false,
}

async function start(viewerId: string | null, current: LocalDraft | null = AS_LOADED): Promise<void> {
  const args = { viewerId, current }
  await page.evaluate((given) => (window as unknown as WithLab).lab.start(given.viewerId, given.current), args)
}
const type = (source: string) => page.evaluate((value) => (window as unknown as WithLab).lab.type(value), source)
const stored = () => page.evaluate(() => (window as unknown as WithLab).lab.stored())
const statuses = () => page.evaluate(() => (window as unknown as WithLab).lab.statuses)
/** Lets time pass in the page, and waits until it tells this status last. */
async function after(ms: number, status: string): Promise<void> {
  await page.clock.fastForward(ms)
  await expect.poll(async () => (await statuses()).at(-1)).toBe(status)
}

describe('keeping a draft', () => {
  it('stores it in this browser at once and sends the last of several texts', async () => {
    await start('ada')
    await type('one')
    await type('two')
    await page.clock.fastForward(300)
    expect(await stored()).toMatchObject({ source: 'two', dirty: true, base: LOADED_AT })
    await after(2_000, 'saved')
    expect(sent).toEqual(['two'])
    expect(await stored()).toMatchObject({ source: 'two', dirty: false, base: copy?.updatedAt })
  })

  it('sends nothing for a visitor', async () => {
    await start(null, null)
    await type('mine')
    await after(10_000, 'browser')
    expect(sent).toEqual([])
    expect(await stored()).toMatchObject({ source: 'mine' })
  })

  it('sends what the last visit could not send', async () => {
    await start('ada', { ...AS_LOADED, source: 'unsent', dirty: true })
    await after(100, 'saved')
    expect(sent).toEqual(['unsent'])
  })

  it('tries again until the server is back', async () => {
    problem = { status: 503, code: 'service-unavailable' }
    await start('ada')
    await type('patient')
    await after(2_000, 'offline')
    problem = null
    await after(6_000, 'saved')
    expect(sent).toEqual(['patient'])
  })

  it('waits as long as the server asks for', async () => {
    problem = { status: 429, code: 'too-many-requests', retryAfterSeconds: 30 }
    await start('ada')
    await type('slow down')
    await after(2_000, 'offline')
    problem = null
    await page.clock.fastForward(20_000)
    expect(sent).toEqual([])
    await after(11_000, 'saved')
    expect(sent).toEqual(['slow down'])
  })

  it('keeps here what is too large for the server, without asking again', async () => {
    problem = { status: 413, code: 'source-too-large' }
    await start('ada')
    await type('huge')
    await after(2_000, 'too-large')
    problem = null
    await page.clock.fastForward(120_000)
    expect(sent).toEqual([])
    expect(await stored()).toMatchObject({ source: 'huge', dirty: true })
  })

  it('does not write over a copy that came from somewhere else', async () => {
    await start('ada')
    copy = { source: 'typed at another computer', ownTests: '', updatedAt: '2026-01-01T10:05:00.000Z' }
    await page.clock.fastForward(60_000)
    await type('typed here')
    await page.clock.fastForward(2_000)
    await expect
      .poll(() => page.evaluate(() => (window as unknown as WithLab).lab.elsewhere))
      .toEqual(['typed at another computer'])
    expect(sent).toEqual([])
    expect(await stored()).toMatchObject({ source: 'typed here', dirty: true })
  })

  it('goes on when the server still has the copy of before', async () => {
    await start('ada')
    await page.clock.fastForward(60_000)
    await type('later')
    await after(2_000, 'saved')
    expect(sent).toEqual(['later'])
  })

  it('sends what is left when the page is left', async () => {
    await start('ada')
    await type('last words')
    await page.evaluate(() => (window as unknown as WithLab).lab.leave())
    await expect.poll(() => sent).toEqual(['last words'])
    expect(await stored()).toMatchObject({ source: 'last words' })
  })
})
