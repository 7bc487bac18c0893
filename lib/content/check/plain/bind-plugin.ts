import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Plugin } from 'vite'
import { CASE_FILE, type CaseFile } from './case-folder'

/**
 * Gives the test API what a grader would give it: `inGuest` the exports of the solution beside the test file,
 * `random` the case's seed. The line stands before the test's own code without moving it down.
 */
export function bindTestApi(): Plugin {
  return {
    name: 'handroll:bind-test-api',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('.test.ts')) return null
      const { seed } = JSON.parse(readFileSync(path.join(path.dirname(id), CASE_FILE), 'utf8')) as CaseFile
      const binding = [
        "import * as __solution from './solution'",
        "import { beforeEach as __beforeEach, expect as __expect } from 'vitest'",
        "import { bind as __bind } from 'handroll'",
        `__bind({ solution: __solution, seed: ${seed}, beforeEach: __beforeEach, ` +
          'testName: () => __expect.getState().currentTestName })',
      ]
      return { code: `${binding.join('; ')}; ${code}`, map: null }
    },
  }
}
