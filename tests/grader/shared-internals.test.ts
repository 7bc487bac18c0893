import { expect, it } from 'vitest'
import { exercise } from './support/exercise'
import { useGrader } from './support/use-grader'

/* An object of the engine's that a test gives away leads to parts which all such objects of the judge's thread share. */

const grader = useGrader({ concurrency: 1 })
const TESTS = exercise(`it('tells the method', () => expect(solution.methodOf(new Request('http://x.test/', { method: 'PUT' }))).toBe('PUT'))`)
const HONEST = 'export const methodOf = (request: any) => request.method'
const HOSTILE = `export const methodOf = (request: any) => {
  const state: any = Object.getOwnPropertySymbols(request).find((symbol) => symbol.description === 'state')
  Object.defineProperty(request[state].client, 'baseUrl', { value: 'no base' })
  return request.method
}`

it('leaves the judge as it was for the next solution', async () => {
  await grader.grade({ exercise: TESTS, source: HOSTILE, seed: 1 })
  expect(await grader.grade({ exercise: TESTS, source: HONEST, seed: 1 })).toMatchObject({ verdict: 'passed' })
})
