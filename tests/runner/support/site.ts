import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
// @ts-expect-error the copy of path-to-regexp that Next itself matches header rules with has no types
import pathRules from 'next/dist/compiled/path-to-regexp'
import { buildRunnerAssets } from '@/lib/runner/assets'
import config from '@/next.config.js'
import { bundleForPage } from './bundle'

const ROOT = path.resolve(import.meta.dirname, '../../..')

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.wasm': 'application/wasm',
}

/** The page's policy on the real site, with a fixed nonce in place of one per response. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'nonce-test' 'strict-dynamic'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
].join('; ')

export interface Site {
  url: string
  /** Requests for anything but the page and its assets, with their cookies. */
  hits: { path: string; cookie: string }[]
  close: () => void
}

/** Serves the built assets with their real headers, and one page that has a runner as `window.runner`. */
export async function startSite(): Promise<Site> {
  const manifest = await buildRunnerAssets({ root: ROOT })
  const script = await bundleForPage('page.ts', { MANIFEST: JSON.stringify(manifest) })
  const rules = ((await config.headers?.()) ?? [])
    .filter((rule) => rule.has === undefined)
    .map((rule) => ({ ...rule, pattern: pathRules.pathToRegexp(rule.source) }))
  const hits: Site['hits'] = []

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = new URL(request.url ?? '/', 'http://site')
    if (pathname === '/') {
      response.setHeader('Content-Security-Policy', PAGE_POLICY)
      response.setHeader('Content-Type', 'text/html; charset=utf-8')
      return void response.end('<!doctype html><title>Runner</title><script nonce="test" src="/page.js"></script>')
    }
    if (pathname === '/page.js') {
      response.setHeader('Content-Type', 'text/javascript; charset=utf-8')
      return void response.end(script)
    }
    const file = path.join(ROOT, 'public', path.normalize(pathname))
    const content = pathname.startsWith('/generated/') ? await readFile(file).catch(() => null) : null
    if (content === null) {
      hits.push({ path: pathname, cookie: request.headers.cookie ?? '' })
      response.statusCode = 404
      return void response.end()
    }
    response.setHeader('Content-Type', TYPES[path.extname(file)] ?? 'application/octet-stream')
    for (const rule of rules) {
      if (rule.pattern.test(pathname)) for (const { key, value } of rule.headers) response.setHeader(key, value)
    }
    response.end(content)
  }

  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    hits,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
