import { describe, expect, it } from 'vitest'
import { negotiateLocale } from '@/lib/http/locale'

describe('the language of a request', () => {
  it.each([
    ['zh', 'en', 'zh'],
    [undefined, 'zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
    [undefined, 'en-GB,en;q=0.9,zh;q=0.8', 'en'],
    [undefined, 'fr, zh-TW;q=0.5, en;q=0.7', 'en'],
    [undefined, 'zh;q=0, fr', 'en'],
    [undefined, 'fr,de', 'en'],
    [undefined, null, 'en'],
    ['klingon', 'zh', 'zh'],
    [undefined, 'zh;q=nonsense,,;;', 'en'],
  ])('cookie %j and Accept-Language %j give %s', (cookie, accept, locale) => {
    expect(negotiateLocale(cookie, accept)).toBe(locale)
  })
})
