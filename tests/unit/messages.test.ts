import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { createTranslator } from 'next-intl'
import type { ReactNode } from 'react'
import { describe, expect, it } from 'vitest'
import { MESSAGES } from '@/app/_i18n/messages'

type Tree = { [key: string]: Tree | string }

/** Every text with its dotted key. */
function texts(tree: Tree, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) => {
      return typeof value === 'string' ? [[prefix + key, value] as const] : [...texts(value, `${prefix}${key}.`)]
    }),
  )
}

/** Names of the arguments of an ICU message, those inside plural branches too; `#` and literals are not among them. */
function argumentsOf(message: string): string[] {
  const names = [...message.matchAll(/(?<!(?:=\d+|zero|one|two|few|many|other)\s*)\{\s*([a-zA-Z]\w*)\s*(?=[,}])/g)].map((match) => match[1] ?? '')
  return [...new Set(names)].sort()
}

/** Names of rich-text tags, `<link>` for example. */
function tagsOf(message: string): string[] {
  return [...new Set([...message.matchAll(/<\/?([a-z]+)>/g)].map((match) => match[1] ?? ''))].sort()
}

const en = texts(MESSAGES.en)
const zh = texts(MESSAGES.zh as Tree)

describe('messages', () => {
  it('exist under the same keys in both languages', () => {
    expect([...zh.keys()].sort()).toEqual([...en.keys()].sort())
  })

  it('take the same arguments and tags in both languages', () => {
    const different = [...en].filter(([key, text]) => {
      const other = zh.get(key) ?? ''
      return String(argumentsOf(text)) !== String(argumentsOf(other)) || String(tagsOf(text)) !== String(tagsOf(other))
    })
    expect(different.map(([key]) => key)).toEqual([])
  })

  it('say something in both languages', () => {
    const empty = [...en, ...zh].filter(([, text]) => text.trim() === '')
    expect(empty.map(([key]) => key)).toEqual([])
  })

  it('are written in Chinese where they have letters, apart from names', () => {
    const NOT_TRANSLATED = new Set(['Handroll'])
    const foreign = [...zh].filter(([, text]) => {
      const words = text.replace(/\{[^{}]*\}/g, '')
      return /[a-z]{2}/i.test(words) && !/\p{Script=Han}/u.test(text) && !NOT_TRANSLATED.has(words)
    })
    expect(foreign.map(([key]) => key)).toEqual([])
  })

  it('can be formatted', () => {
    for (const [locale, messages] of [['en', en], ['zh', zh]] as const) {
      for (const [key, text] of messages) {
        const values = Object.fromEntries(argumentsOf(text).map((name) => [name, 2]))
        const tags = Object.fromEntries(tagsOf(text).map((name) => [name, (inside: ReactNode) => inside]))
        const onError = (error: Error) => expect.fail(`${locale} ${key}: ${error.message}`)
        void createTranslator({ locale, messages: { text }, onError }).rich('text', { ...values, ...tags })
      }
    }
  })

  it('of every file are part of the site', () => {
    for (const locale of ['en', 'zh'] as const) {
      const folder = path.join(import.meta.dirname, '../../app/_i18n/messages', locale)
      const files = readdirSync(folder).filter((file) => file.endsWith('.json'))
      expect(files.map((file) => file.replace('.json', '')).sort()).toEqual(Object.keys(MESSAGES[locale]).sort())
    }
  })

  it('use no key twice in one file', () => {
    for (const locale of ['en', 'zh']) {
      const folder = path.join(import.meta.dirname, '../../app/_i18n/messages', locale)
      for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
        const text = readFileSync(path.join(folder, file), 'utf8')
        const written = [...text.matchAll(/"(?:[^"\\]|\\.)*"\s*:/g)].length
        expect(countKeys(JSON.parse(text) as Tree), `${locale}/${file}`).toBe(written)
      }
    }
  })
})

function countKeys(tree: Tree): number {
  return Object.values(tree).reduce((sum, value) => sum + 1 + (typeof value === 'string' ? 0 : countKeys(value)), 0)
}
