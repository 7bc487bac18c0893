import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { SubmissionDetail, SubmissionView } from '@/lib/contract/submission'
import { bundleForPage } from './support/bundle'
import { launchChromium } from './support/chromium'

const ID = '0199aa00-0000-7000-8000-000000000000'

function view(state: SubmissionView['state'], place: number | null = null): SubmissionView {
  const submittedAt = '2026-01-01T10:00:00.000Z'
  return { id: ID, exercise: 'lru-cache', state, submittedAt, place, verdict: null, hint: null }
}
const event = (value: SubmissionView) => `data: ${JSON.stringify(value)}\n\n`

let browser: Browser
let page: Page
let server: Server
/** What the server answers in one test; each gets how often it was asked before. */
let onStream: (response: ServerResponse, count: number) => void
let onQuestion: (count: number) => SubmissionView | null
let streams = 0
let questions = 0

beforeAll(async () => {
  const script = await bundleForPage('feed-page.ts')
  server = createServer((request, response) => {
    if (request.url === `/api/submissions/${ID}/events`) {
      return onStream(response, streams++)
    }
    if (request.url === `/api/submissions/${ID}`) {
      const answer = onQuestion(questions++)
      response.writeHead(answer ? 200 : 503, { 'Content-Type': 'application/json' })
      const detail: SubmissionDetail | null = answer && { ...answer, source: '', regrades: null }
      return response.end(JSON.stringify(detail))
    }
    response.setHeader('Content-Type', 'text/html')
    response.end(`<!doctype html><script>${script}</script>`)
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
  streams = 0
  questions = 0
  page = await browser.newPage()
  await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`)
})

const openStream = (response: ServerResponse) => response.writeHead(200, { 'Content-Type': 'text/event-stream' })
const follow = () =>
  page.evaluate((id) => (window as unknown as { follow: (id: string) => Promise<string[]> }).follow(id), ID)

describe('following a submission', () => {
  it('tells the states of the stream in order and asks nothing', async () => {
    onStream = (response) => {
      openStream(response)
      response.write(event(view('queued', 2)))
      response.write(event(view('queued', 0)))
      response.write(event(view('grading')))
      response.end(event(view('done')))
    }
    onQuestion = () => null
    expect(await follow()).toEqual(['queued 2', 'queued 0', 'grading', 'done'])
    expect(questions).toBe(0)
    expect(streams).toBe(1)
  })

  it('asks instead when streams are refused', async () => {
    onStream = (response) => response.writeHead(503).end()
    onQuestion = (count) => (count === 0 ? view('grading') : view('done'))
    expect(await follow()).toEqual(['grading', 'done'])
  })

  it('goes on asking while the server is away', async () => {
    onStream = (response) => response.destroy()
    onQuestion = (count) => (count < 2 ? null : view('done'))
    expect(await follow()).toEqual(['done'])
    expect(questions).toBe(3)
  })

  it('asks when a stream stays open and silent', async () => {
    onStream = (response) => openStream(response).flushHeaders()
    onQuestion = () => view('done')
    await page.clock.install()
    const followed = follow()
    await expect.poll(() => streams).toBe(1)
    await page.clock.fastForward(6_000)
    expect(await followed).toEqual(['done'])
  })

  it('comes back after a stream that broke off', async () => {
    onStream = (response, count) => {
      openStream(response)
      if (count === 0) response.end(`retry: 50\n\n${event(view('queued', 1))}`)
      else response.end(event(view('done')))
    }
    onQuestion = () => null
    expect(await follow()).toEqual(['queued 1', 'done'])
    expect(streams).toBe(2)
  })

  it('ignores an event that is none of ours', async () => {
    onStream = (response) => {
      openStream(response)
      response.write('data: {"state":"done"}\n\ndata: not json\n\n')
      response.end(event(view('done')))
    }
    onQuestion = () => null
    expect(await follow()).toEqual(['done'])
  })
})
