import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { playAcross, playDirectly } from '../support/sharing/play'
import { programs, type Program } from '../support/sharing/programs'

/*
 * Random programs in which a test and a solution read and change the same objects in turn, within calls and calls back.
 * Each side must see over the membrane what it sees with nothing between them: the same values, order, attributes,
 * identity and errors, and nothing stale. SHARING_RUNS and SHARING_SEED look further.
 */

const RUNS = Number(process.env.SHARING_RUNS) || 120
const SEED = Number(process.env.SHARING_SEED) || 20_261_122

async function seesTheSame(program: Program): Promise<void> {
  const direct = await playDirectly(program)
  const across = await playAcross(program)
  const at = direct.findIndex((line, index) => line !== across[index])
  // The first difference says most; the lines before it tell how it came about.
  const from = Math.max(0, at - 3)
  expect(at < 0 ? across.length : across.slice(from, at + 1)).toEqual(at < 0 ? direct.length : direct.slice(from, at + 1))
}

describe.each([
  ['what both keep', false],
  ['what is passed or read anew after much else has crossed', true],
])('%s', (_, isFlooded) => {
  it('is the same for a test and a solution, whatever each does to it', { timeout: 3_600_000 }, async () => {
    await fc.assert(fc.asyncProperty(programs(isFlooded), seesTheSame), { numRuns: RUNS, seed: SEED })
  })
})
