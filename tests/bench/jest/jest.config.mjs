import path from 'node:path'

const here = import.meta.dirname

/** As somebody has it who uses jest with ts-jest at home: types are not checked, and each test file stands alone. */
export default {
  rootDir: process.env.BENCH_ROOT,
  testMatch: ['**/*.test.ts'],
  transform: {
    '\\.ts$': [path.resolve('node_modules/ts-jest'), { isolatedModules: true, diagnostics: false, tsconfig: path.join(here, 'tsconfig.json') }],
  },
  moduleNameMapper: { '^vitest$': path.join(here, 'vitest-names.cjs') },
}
