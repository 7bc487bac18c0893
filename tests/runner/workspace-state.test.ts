import { describe, expect, it } from 'vitest'
import { ownTestsTemplate } from '@/app/exercises/[exercise]/_state/files'
import { runLimitMs } from '@/app/exercises/[exercise]/_state/limits'
import { formatPaneSizes, parsePaneSizes } from '@/app/exercises/[exercise]/_state/pane-sizes'
import { createSources } from '@/lib/editor/sources'

describe('the sizes of the panes', () => {
  it('come back from their cookie as they were', () => {
    expect(parsePaneSizes(formatPaneSizes({ guide: 33.333, editor: 100 }))).toEqual({ guide: 33.3, editor: 100 })
  })

  it.each([undefined, '', '40', '40-', 'a-b', '140-20', '-5-20', '40-62-1', '4e1-62'])(
    'are the usual ones when the cookie says %o',
    (cookie) => expect(parsePaneSizes(cookie)).toEqual({ guide: 40, editor: 62 }),
  )
})

describe('the learner’s own test file', () => {
  it('begins with imports of all that the solution exports, and a comment', () => {
    const template = ownTestsTemplate({ exports: { Ring: 'class', hash: 'function' } }, 'First.\nSecond.')
    expect(template.split('\n')).toEqual([
      "import { describe, expect, it } from 'vitest'",
      "import { Ring, hash } from './solution'",
      '',
      '// First.',
      '// Second.',
      '',
    ])
  })
})

describe('the time of Run', () => {
  it('is the exercise’s own, but never more than a browser can bear', () => {
    expect(runLimitMs({ wallMs: 1_500, memoryMiB: 128 })).toBe(1_500)
    expect(runLimitMs({ wallMs: 20_000, memoryMiB: 128 })).toBe(3_000)
  })
})

describe('the texts of the editor', () => {
  it('tell each change once, with who made it and with plain line ends', () => {
    const sources = createSources({ 'a.ts': 'one' })
    const seen: unknown[] = []
    const stop = sources.subscribe((...change) => seen.push(change))
    sources.set('a.ts', 'one', 'editor')
    sources.set('a.ts', 'one\r\ntwo', 'editor')
    sources.set('a.ts', 'one\ntwo', 'page')
    sources.set('b.ts', 'new', 'page')
    stop()
    sources.set('a.ts', 'unheard', 'page')
    expect(seen).toEqual([['a.ts', 'one\ntwo', 'editor'], ['b.ts', 'new', 'page']])
    expect(sources.get('a.ts')).toBe('unheard')
    expect(sources.get('nowhere.ts')).toBe('')
  })
})
