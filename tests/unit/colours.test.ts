import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { PAPER } from '@/app/_ui/theme/theme'

const css = readFileSync(path.join(import.meta.dirname, '../../app/globals.css'), 'utf8')
const tokens = new Map(
  [...css.matchAll(/--color-([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g)].map((match) => {
    return [match[1] ?? '', { light: match[2] ?? '', dark: match[3] ?? '' }] as const
  }),
)

/** Relative luminance (WCAG 2.2). */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string, theme: 'light' | 'dark'): number {
  const [one, two] = [a, b].map((name) => luminance(tokens.get(name)?.[theme] ?? '#000000')) as [number, number]
  return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05)
}

const GROUNDS = ['paper', 'surface', 'sunken']
const CODE = ['ink', 'comment', 'keyword', 'string', 'number', 'type', 'function'].map((name) => `code-${name}`)

/** Foreground, background, least contrast. */
const PAIRS: [string, string, number][] = [
  ...GROUNDS.flatMap((ground): [string, string, number][] => [
    ['ink', ground, 7],
    ['ink-soft', ground, 7],
    ['ink-faint', ground, 4.5],
    ['accent', ground, 4.5],
    ['accent-strong', ground, 4.5],
    ['good', ground, 4.5],
    ['warn', ground, 4.5],
    ['bad', ground, 4.5],
    ['line-strong', ground, 3],
  ]),
  ...CODE.map((name): [string, string, number] => [name, 'sunken', 4.5]),
  ...CODE.map((name): [string, string, number] => [name, 'surface', 4.5]),
  ['on-accent', 'accent', 4.5],
  ['on-accent', 'accent-strong', 4.5],
  ['accent', 'accent-soft', 4.5],
  ['good', 'good-soft', 4.5],
  ['warn', 'warn-soft', 4.5],
  ['bad', 'bad-soft', 4.5],
  ['ink', 'good-soft', 7],
  ['ink', 'warn-soft', 7],
  ['ink', 'bad-soft', 7],
]

it('the colours of browser bars are those of the paper', () => {
  expect(PAPER).toEqual(tokens.get('paper'))
})

describe.each(['light', 'dark'] as const)('colours of the %s theme', (theme) => {
  it.each(PAIRS)('%s on %s has a contrast of at least %s', (foreground, background, least) => {
    expect(tokens.has(foreground) && tokens.has(background)).toBe(true)
    expect(contrast(foreground, background, theme)).toBeGreaterThanOrEqual(least)
  })
})
