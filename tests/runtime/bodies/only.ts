import { describe, expect, it } from 'vitest'

it('left out', () => expect(1).toBe(2))
it.only('chosen', () => expect(1).toBe(1))
describe('group', () => {
  it('left out', () => expect(1).toBe(2))
  it.only('chosen and failing', () => expect(1).toBe(2))
})
describe.only('chosen group', () => {
  it('runs', () => expect(1).toBe(1))
  it.skip('is skipped all the same', () => expect(1).toBe(2))
})
