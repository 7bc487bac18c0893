import { expect, it } from 'vitest'
import { exercise } from './support/exercise'
import { useGrader } from './support/use-grader'

/* A solution that names Response alone has Headers in its hands all the same. */

const grader = useGrader({ concurrency: 1 })

it.each([['Response', `new Response('', { headers: { a: '1' } })`], ['Request', `new Request('http://x.test/')`]])(
  'the headers of a %s are Headers to the test, though the solution does not name them',
  async (_, make) => {
    const tests = exercise(`it('are', () => expect(solution.make().headers).toBeInstanceOf(Headers))`)
    // Not the word itself, which would bring the class to life.
    const source = `export const make = () => ${make.replace('headers:', `['head' + 'ers']:`)}`
    expect(await grader.grade({ exercise: tests, source, seed: 1 })).toMatchObject({ verdict: 'passed' })
  },
)
