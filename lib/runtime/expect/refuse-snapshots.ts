import { chai, prototype } from './chai'

const MATCHERS = [
  'matchSnapshot',
  'toMatchSnapshot',
  'toMatchInlineSnapshot',
  'toMatchFileSnapshot',
  'toThrowErrorMatchingSnapshot',
  'toThrowErrorMatchingInlineSnapshot',
]

/** Vitest's snapshot matchers compare with files, and there are none where these tests run. */
export function refuseSnapshots(): void {
  for (const name of MATCHERS) {
    chai.util.addMethod(prototype, name, (() => refuse(name)) as never)
  }
}

function refuse(name: string): never {
  throw new Error(`${name} is not available here: no snapshot is stored with these tests; compare with toEqual`)
}
