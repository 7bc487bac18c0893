import { NextIntlClientProvider } from 'next-intl'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { MESSAGES } from '@/app/_i18n/messages'
import { ConsoleList } from '@/app/exercises/[exercise]/_components/console-list'

function render(text: string): string {
  const line = { level: 'log' as const, text, test: text, places: [{ file: text, line: 1, column: 0, fn: null }] }
  const provider = { locale: 'en' as const, messages: MESSAGES.en, timeZone: 'UTC' }
  const children = createElement(ConsoleList, { lines: [{ ...line, stack: null }], silenced: false })
  return renderToStaticMarkup(createElement(NextIntlClientProvider, { ...provider, children }))
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

describe('what a solution prints', () => {
  it.each([
    ['D3 escapes for terminals', '\u001b[2J\u001b]8;;https://example.org\u0007click\u001b]8;;\u0007\rover'],
    ['D4 an image that runs a script', '<img src=x onerror=alert(1)>'],
    ['D4 a script', '</pre><script>alert(1)</script>'],
    ['D4 a value that leaves its attribute', '" onfocus="alert(1)" autofocus="'],
    ['D4 Markdown', '[x](javascript:alert(1)) ![y](https://example.org/y.png)'],
    ['D4 characters that turn the line round', '\u202egnp\u2066\u200b\u0000\ud800'],
  ])('is text in the panel, also %s', (_, text) => {
    expect(render(text).replaceAll(escaped(text), 'plain')).toBe(render('plain'))
  })
})
