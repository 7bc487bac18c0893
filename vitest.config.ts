import { defineConfig } from 'vitest/config'
import path from 'node:path'

const root = import.meta.dirname

export default defineConfig({
  resolve: {
    alias: { '@': root, handroll: path.join(root, 'lib/runtime/test-api/index.ts') },
  },
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/support/database-server.ts'],
    environment: 'node',
    pool: 'forks',
    testTimeout: 60_000,
    // A hook may have to build the site first.
    hookTimeout: 600_000,
    reporters: ['default'],
  },
})
