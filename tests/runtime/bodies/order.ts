import { afterAll, describe, it } from 'vitest'

const order: string[] = []
const note = (name: string) => (): void => void order.push(name)

for (const name of ['a', 'b', 'c', 'd', 'e']) it(name, note(name))
describe('f', () => {
  for (const name of ['g', 'h', 'i', 'j']) it(name, note(name))
  describe('k', () => {
    for (const name of ['l', 'm', 'n']) it(name, note(name))
  })
})
describe.concurrent('o', () => {
  it('p', note('p'))
  it('q', note('q'))
})
describe('r', () => {
  for (const name of ['s', 't', 'u']) it(name, note(name))
})
afterAll(() => {
  throw new Error(`order: ${order.join('')}`)
})
