import { chmodSync, existsSync, rmSync } from 'node:fs'
import path from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { connectionOptions, runOnce } from '@/lib/db/connection'
import { borrowDatabase } from '@/lib/service/borrow-database'
import { readSettings } from '@/lib/service/settings'
import { newDataDir, processesOf } from './support/site'

const dataDir = newDataDir()
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

it('a command without a database brings one along, shares it with others, and stops it at its end', async () => {
  chmodSync(dataDir, 0o755)
  const settings = readSettings({ HANDROLL_DATA: dataDir })
  const answer = await borrowDatabase(settings, async (url) => {
    expect(await borrowDatabase(settings, async (other) => other)).toBe(url)
    expect(existsSync(path.join(dataDir, 'lock'))).toBe(true)
    return (await runOnce(connectionOptions(url), 'select 1 as one')).rows
  })
  expect(answer).toEqual([{ one: 1 }])
  expect(processesOf(dataDir)).toEqual([])
  expect(existsSync(path.join(dataDir, 'lock'))).toBe(false)
})

it('a command whose database cannot be reached says so and starts none', async () => {
  const settings = readSettings({ HANDROLL_DATA: dataDir, DATABASE_URL: 'postgres://ada:secret@127.0.0.1:1/site' })
  await expect(borrowDatabase(settings, async () => 'used')).rejects.toThrow(
    'The database at 127.0.0.1:1/site cannot be used: nothing listens there.',
  )
  expect(existsSync(path.join(dataDir, 'postgres'))).toBe(false)
})
