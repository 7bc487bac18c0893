import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorkbench, type Workbench } from './support/workbench'

let bench: Workbench
beforeAll(async () => {
  bench = await openWorkbench()
  await bench.run('export const act = () => "done"')
})
afterAll(() => bench.close())

/*
 * The site sets a session cookie and notes every request that is not for the page or its files. What the harness
 * removes is a courtesy; here the walls behind it are tried, from places that the harness never touched.
 */

const api = () => `${bench.site.url}api/me`

/** Everything a worker could talk to a server with. Each ends in `reached` or `blocked`. */
const WORKER_PROBES = `
const outcome = (promise) => Promise.race([
  Promise.resolve(promise).then(() => 'reached', () => 'blocked'),
  new Promise((resolve) => setTimeout(resolve, 1500, 'blocked')),
])
const opened = (make) => new Promise((resolve, reject) => {
  const socket = make()
  socket.onopen = resolve
  socket.onerror = reject
})
const probes = {
  fetch: (url) => fetch(url, { credentials: 'include' }).then((r) => { if (!r.ok && r.type !== 'opaque') throw 0 }),
  noCors: (url) => fetch(url, { mode: 'no-cors', credentials: 'include' }),
  keepalive: (url) => fetch(url, { keepalive: true, method: 'POST', mode: 'no-cors' }),
  xhr: (url) => new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest()
    xhr.onload = resolve
    xhr.onerror = reject
    xhr.withCredentials = true
    xhr.open('GET', url)
    xhr.send()
  }),
  socket: (url) => opened(() => new WebSocket(url.replace('http', 'ws'))),
  events: (url) => opened(() => new EventSource(url)),
  script: async (url) => importScripts(url),
  module: (url) => (0, eval)('import(' + JSON.stringify(url) + ')'),
  font: (url) => new FontFace('x', 'url(' + url + ')').load(),
  worker: (url) => new Promise((resolve, reject) => {
    const worker = new Worker(url)
    worker.onmessage = resolve
    worker.onerror = reject
  }),
  nested: (url) => new Promise((resolve, reject) => {
    const code = 'fetch(' + JSON.stringify(url) + ', { mode: "no-cors" }).then(() => postMessage(1), () => { throw 0 })'
    const worker = new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })))
    worker.onmessage = resolve
    worker.onerror = reject
    setTimeout(reject, 1200)
  }),
  database: () => new Promise((resolve, reject) => {
    const request = indexedDB.open('x')
    request.onsuccess = resolve
    request.onerror = reject
  }),
  files: () => navigator.storage.getDirectory(),
}
onmessage = async ({ data: url }) => {
  const results = {}
  for (const [name, probe] of Object.entries(probes)) {
    results[name] = await outcome((async () => probe(url))())
  }
  postMessage(results)
}
`

/** Rows B20 and B21 of the list of attacks (docs/attacks.md). */
describe('what learner code can reach', () => {
  it('reaches no server, no store and no cookie from a bare worker in the frame', async () => {
    const frame = bench.page.frames()[1]
    const results = await frame?.evaluate(
      ([code, url]) =>
        new Promise<Record<string, string>>((resolve) => {
          const worker = new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })))
          worker.onmessage = ({ data }: MessageEvent<Record<string, string>>) => resolve(data)
          worker.postMessage(url)
        }),
      [WORKER_PROBES, api()] as const,
    )
    expect(Object.keys(results ?? {}).length).toBeGreaterThan(10)
    expect(Object.entries(results ?? {}).filter(([, outcome]) => outcome !== 'blocked')).toEqual([])
    expect(bench.site.hits).toEqual([])
  })

  it('reaches nothing from the document of the frame either', async () => {
    const frame = bench.page.frames()[1]
    const results = await frame?.evaluate(async (url) => {
      const refused = (use: () => unknown) => {
        try {
          use()
          return false
        } catch {
          return true
        }
      }
      const image = new Image()
      image.src = url
      const form = document.createElement('form')
      form.action = url
      form.method = 'post'
      document.body.append(image, form)
      form.submit()
      navigator.sendBeacon(url, 'x')
      return {
        fetch: await fetch(url, { credentials: 'include', mode: 'no-cors' }).then(() => 'reached', () => 'blocked'),
        origin: self.origin,
        parent: refused(() => parent.document),
        cookie: refused(() => document.cookie),
        storage: refused(() => localStorage),
        popup: window.open(url) === null,
      }
    }, api())
    expect(results).toEqual({
      fetch: 'blocked',
      origin: 'null',
      parent: true,
      cookie: true,
      storage: true,
      popup: true,
    })
    expect(bench.site.hits).toEqual([])
  })

  it('is as locked in when somebody opens the file of the frame by itself', async () => {
    const frame = bench.page.frames()[1]
    const alone = await bench.page.context().newPage()
    await alone.goto(frame?.url() ?? '')
    expect(await alone.evaluate(() => self.origin)).toBe('null')
    const reached = await alone.evaluate((url) => fetch(url).then(() => 'reached', () => 'blocked'), api())
    expect(reached).toBe('blocked')
    await alone.close()
    expect(bench.site.hits).toEqual([])
  })

  it('gets no second port to the page by saying hello again', async () => {
    const frame = bench.page.frames()[1]
    const ports = await frame?.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let count = 0
          addEventListener('message', (event) => (count += event.ports.length))
          parent.postMessage('handroll-frame', '*')
          setTimeout(() => resolve(count), 300)
        }),
    )
    expect(ports).toBe(0)
  })

  it('would be noticed: the page itself does reach the server, with its cookie', async () => {
    await bench.page.evaluate((url) => fetch(url), api())
    expect(bench.site.hits).toEqual([{ path: '/api/me', cookie: 'session=secret' }])
  })
})
