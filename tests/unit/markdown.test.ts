import { NextIntlClientProvider } from 'next-intl'
import { createElement } from 'react'
import { prerender } from 'react-dom/static'
import { describe, expect, it } from 'vitest'
import { MESSAGES } from '@/app/_i18n/messages'
import { headingsOf } from '@/app/_ui/markdown/headings'
import { Markdown } from '@/app/_ui/markdown/markdown'

async function render(text: string, more: Omit<Parameters<typeof Markdown>[0], 'text'> = {}): Promise<string> {
  const provider = { locale: 'en' as const, messages: MESSAGES.en, timeZone: 'UTC' }
  const children = await Markdown({ text, ...more })
  const page = createElement(NextIntlClientProvider, { ...provider, children })
  const { prelude } = await prerender(page)
  return (await new Response(prelude).text()).replaceAll('<!-- -->', '')
}

const RING = '<svg viewBox="0 0 640 200"><title>Ring</title><path d="M0 0h9" stroke="currentColor"/></svg>'

describe('Markdown of the content folder', () => {
  it('shows raw HTML as text', async () => {
    const html = await render('a <script>alert(1)</script> <img src=x onerror=alert(1)>')
    expect(html).not.toMatch(/<script|<img/)
    expect(html).toContain('&lt;script&gt;')
  })

  it.each(['javascript:alert(1)', 'data:text/html,x', 'vbscript:x'])('drops the address %s', async (address) => {
    expect(await render(`[x](${address})`)).not.toContain(address)
  })

  it('loads nothing from elsewhere: an unknown image leaves its words', async () => {
    const html = await render('![a diagram](https://example.org/x.png)')
    expect(html).not.toContain('<img')
    expect(html).toContain('a diagram')
  })

  it('puts a figure inline, named by its words, with its caption', async () => {
    const html = await render('![Keys on a ring](figures/ring.svg "A ring.")', { figures: { 'figures/ring.svg': RING } })
    expect(html).toMatch(/<figure tabindex="0"><svg[^>]* role="img"[^>]* aria-label="Keys on a ring"/)
    expect(html).toContain('viewBox="0 0 640 200"')
    expect(html).toContain('<figcaption>A ring.</figcaption>')
    expect(html).not.toContain('<p><figure')
  })

  it.each([
    ['a script', '<script>alert(1)</script>'],
    ['an event handler', '<rect onload="alert(1)" width="1" height="1"/>'],
    ['foreign content', '<foreignObject><b>x</b></foreignObject>'],
    ['a style sheet', '<style>body{display:none}</style>'],
    ['a link', '<a href="javascript:alert(1)"><text>x</text></a>'],
    ['a picture from elsewhere', '<image href="https://example.org/x.png"/>'],
    ['a shape from elsewhere', '<use href="https://example.org/x.svg#a"/>'],
    ['an animation', '<animate attributeName="href" to="javascript:alert(1)"/>'],
  ])('takes %s out of a figure', async (_, inside) => {
    const svg = `<svg viewBox="0 0 9 9">${inside}<circle r="2" fill="var(--fig-accent)"/></svg>`
    const html = await render('![x](figures/a.svg)', { figures: { 'figures/a.svg': svg } })
    expect(html).toContain('<circle r="2" fill="var(--fig-accent)"')
    expect(html).not.toMatch(/script|onload|foreignObject|<b>|<style|<a |<image|example\.org|animate/i)
  })

  it('colours code by tokens of the theme, never by fixed colours', async () => {
    const html = await render('```ts\nconst a: number = 1 // one\n```')
    expect(html).toContain('style="color:var(--color-code-keyword)">const')
    expect(html).toContain('var(--color-code-comment)')
    expect(html).not.toMatch(/#[0-9a-f]{6}/i)
  })

  it('shows code of an unknown language without colours', async () => {
    expect(await render('```klingon\nnuqneH\n```')).toContain('nuqneH')
  })

  it('puts a card in the place of a link to an exercise that stands alone', async () => {
    const exercise = (slug: string) => createElement('aside', null, `card ${slug}`)
    const html = await render('[LRU](/exercises/lru-cache)\n\nsee [LRU](/exercises/lru-cache) there', { exercise })
    expect(html.match(/card lru-cache/g)).toHaveLength(1)
    expect(html).toContain('<a href="/exercises/lru-cache">LRU</a> there')
  })

  it('keeps the link when there is no such exercise', async () => {
    const html = await render('[Gone](/exercises/gone)', { exercise: () => null })
    expect(html).toContain('<a href="/exercises/gone">Gone</a>')
  })

  it('keeps short code on one line, and lets long code break', async () => {
    const html = await render('`--abort` and `a command that is longer than a line`')
    expect(html).toContain('<code class="whole">--abort</code>')
    expect(html).toContain('<code>a command that is longer than a line</code>')
  })

  it('keeps a number with its unit, but leaves code as it is', async () => {
    const html = await render('95 % in 600 ms, 最多 8 KiB，3 seconds, `10 % of 5 ms or so, as a rule`')
    expect(html).toContain('95\u00a0% in 600\u00a0ms, 最多 8\u00a0KiB，3 seconds')
    expect(html).toContain('10 % of 5 ms or so')
  })

  it('leaves no space between a full-width stop and the next word', async () => {
    expect(await render('**存活。** 三种做法')).toContain('<strong>存活。</strong>三种做法')
    expect(await render('**Alive.** Three ways')).toContain('<strong>Alive.</strong> Three ways')
  })

  it('puts no dots below Latin letters in a Chinese text', async () => {
    expect(await render('它叫 *Green Tea*，不是*红茶*')).toMatch(/<em lang="en">Green Tea<\/em>，不是<em>红茶<\/em>/)
    expect(await render('it is *green*')).toContain('<em>green</em>')
  })

  it('makes no header of the empty corner of a table', async () => {
    const html = await render('| | open |\n| --- | --- |\n| send | waits |')
    expect(html).toContain('<tr><td></td><th>open</th></tr>')
  })

  it('gives headings the ids that the table of contents uses', async () => {
    const text = '## Why `get` moves\n\n## 为什么\n\n### Inner\n\n## Why `get` moves\n'
    const html = await render(text)
    const ids = headingsOf(text).map(({ id }) => id)
    expect(ids).toEqual(['why-get-moves', '为什么', 'inner', 'why-get-moves-1'])
    for (const id of ids) expect(html).toContain(`id="${id}"`)
  })
})
