import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readAssetManifest } from '@/lib/runner/manifest'
import { useSite } from '../support/site'

const site = useSite()
const PUBLIC = path.resolve(import.meta.dirname, '../../../public')

const PAGES = ['/', '/topics', '/sign-in', '/sign-up', '/exercises/lru-cache', '/claim?token=guessed', '/no/such/page']

function directives(headers: Headers): Record<string, string> {
  const policy = headers.get('content-security-policy') ?? ''
  return Object.fromEntries(policy.split('; ').map((each) => [each.split(' ')[0], each.split(' ').slice(1).join(' ')]))
}

describe.each(PAGES)('the page %s', (page) => {
  it('runs no script but those that carry its nonce, which is new each time', async () => {
    const [first, second] = [await site.visitor().call(page), await site.visitor().call(page)]
    const nonces = [first, second].map(({ headers }) => {
      return /'nonce-([^']+)'/.exec(directives(headers)['script-src'] ?? '')?.[1]
    })
    expect(nonces[0]).toMatch(/^[A-Za-z0-9+/]{22}==$/)
    expect(nonces[0]).not.toBe(nonces[1])
    expect(directives(first.headers)['script-src']).toBe(`'nonce-${nonces[0]}' 'strict-dynamic'`)
    const scripts = first.text.match(/<script\b[^>]*>/g) ?? []
    expect(scripts.length).toBeGreaterThan(0)
    for (const script of scripts) expect(script).toContain(`nonce="${nonces[0]}"`)
    expect(first.text).not.toMatch(/<[^>]+\son\w+=/i)
  })

  it('loads, frames and sends nothing beyond this site', async () => {
    const { headers } = await site.visitor().call(page)
    expect(directives(headers)).toMatchObject({
      'default-src': "'none'",
      'connect-src': "'self'",
      'worker-src': "'self'",
      'frame-src': `${new URL(site.origin).host}/generated/runner/`,
      'form-action': "'self'",
      'base-uri': "'none'",
      'frame-ancestors': "'none'",
      'object-src': "'none'",
    })
  })

  it('has the headers that every page has, and says nothing of what serves it', async () => {
    const { headers } = await site.visitor().call(page)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin')
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
    expect(headers.get('permissions-policy')).toContain('camera=()')
    expect(headers.get('cache-control')).toContain('no-store')
    expect(headers.has('strict-transport-security')).toBe(false)
    expect(headers.has('x-powered-by')).toBe(false)
    expect(headers.has('server')).toBe(false)
  })
})

describe('what the build has made', () => {
  it('is kept by browsers for good: its names change with its content', async () => {
    const manifest = await readAssetManifest()
    for (const file of [manifest.frame, manifest.compiler, manifest.wasm.plain, manifest.wasm.br]) {
      const { status, headers } = await site.visitor().call(file)
      expect([status, headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable'])
      expect(headers.get('x-content-type-options')).toBe('nosniff')
    }
    const list = await site.visitor().call('/generated/manifest.json')
    expect([list.status, list.headers.get('cache-control')]).toEqual([200, 'no-cache'])
  })

  it.each(['wasm', 'typescriptWorker', 'editorWorker'] as const)('goes out compressed beforehand: %s', async (name) => {
    const manifest = await readAssetManifest()
    const { plain, br } = name === 'wasm' ? manifest.wasm : manifest.monaco[name]
    const response = await fetch(site.origin + br)
    expect(response.headers.get('content-encoding')).toBe('br')
    expect(response.headers.get('vary')).toMatch(/accept-encoding/i)
    expect(response.headers.get('content-type')).toBe(
      name === 'wasm' ? 'application/wasm' : 'application/javascript; charset=UTF-8',
    )
    const content = Buffer.from(await response.arrayBuffer())
    expect(content.equals(readFileSync(PUBLIC + plain))).toBe(true)
  })

  it('locks the frame of learner code in by its own policy, however it is opened', async () => {
    const { headers } = await site.visitor().call((await readAssetManifest()).frame)
    expect(directives(headers)).toEqual({
      'default-src': "'none'",
      'script-src': "'unsafe-inline' 'unsafe-eval' blob:",
      'worker-src': 'blob:',
      'connect-src': "'none'",
      'base-uri': "'none'",
      'form-action': "'none'",
      'frame-ancestors': "'self'",
      sandbox: 'allow-scripts',
    })
    expect(headers.get('x-frame-options')).toBe('SAMEORIGIN')
  })

  it('lets only the compiler worker run WebAssembly', async () => {
    const { compiler, monaco } = await readAssetManifest()
    const policyOf = async (file: string) => (await site.visitor().call(file)).headers.get('content-security-policy')
    expect(await policyOf(compiler)).toContain("'wasm-unsafe-eval'")
    expect(await policyOf(monaco.typescriptWorker.plain)).toBe(
      "default-src 'none'; script-src 'self'; connect-src 'self'",
    )
  })

  it("holds no source maps, and Next's own files are kept for good, too", async () => {
    const page = await site.visitor().call('/')
    const [chunk = ''] = page.text.match(/\/_next\/static\/[^"']+\.js/) ?? []
    const file = await site.visitor().call(chunk)
    expect([file.status, file.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable'])
    expect(file.text).not.toContain('sourceMappingURL')
    expect((await site.visitor().call(`${chunk}.map`)).status).toBe(404)
  })
})
