import { describe, expect, it } from 'vitest'
import { pseudonym } from '@/app/_leaderboard/pseudonym'
import { LOCALES } from '@/lib/contract/localized'

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index)

describe.each(LOCALES)('a pseudonym in %s', (locale) => {
  it('is another one for every number, in words alone for the first 1024', () => {
    const names = range(0, 1024).map((number) => pseudonym(number, locale))
    expect(new Set(names).size).toBe(1024)
    expect(names.filter((name) => /\d|undefined/.test(name))).toEqual([])
  })

  it('has a number behind the words after that, and is still another one', () => {
    const names = range(0, 5_000).map((number) => pseudonym(number, locale))
    expect(new Set(names).size).toBe(5_000)
    expect(names[1024]).toBe(`${names[0]} 2`)
    expect(names[4_999]).toMatch(/\D 5$/)
  })
})

it('says the same in both languages', () => {
  expect([0, 33, 626].map((number) => [pseudonym(number, 'en'), pseudonym(number, 'zh')])).toEqual([
    ['Amber badger', '琥珀色的獾'], ['Brave beaver', '勇敢的河狸'], ['Lucky owl', '幸运的猫头鹰'],
  ])
})
