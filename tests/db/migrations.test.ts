import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { connectionOptions, runOnce } from '@/lib/db/connection'
import { applyMigrations } from '@/lib/db/migrate/apply'
import { migrationsDir, readMigrations } from '@/lib/db/migrate/folders'
import { newMigrationFolder } from '@/lib/db/migrate/new-folder'
import { schemaDiff } from '@/lib/db/migrate/schema-diff'
import { createTestDatabase } from '../support/database'

let url: string
let drop: () => Promise<void>
const prisma = mkdtempSync(path.join(os.tmpdir(), 'handroll-prisma-'))
const dir = path.join(prisma, 'migrations')

const rows = async (sql: string) => (await runOnce(connectionOptions(url), sql)).rows
const add = (name: string, sql: string) => newMigrationFolder(name, sql, dir, new Date(Date.UTC(2100, 0, 1)))

beforeEach(async () => {
  rmSync(prisma, { recursive: true })
  cpSync(path.dirname(migrationsDir()), prisma, { recursive: true })
  ;({ url, drop } = await createTestDatabase({ empty: true }))
  return drop
})
afterAll(() => rmSync(prisma, { recursive: true }))

describe('migrations', () => {
  it('make exactly what prisma/schema.prisma says', async () => {
    expect(await schemaDiff(url)).toBeNull()
  })

  it('are found wanting when the schema has a column more', async () => {
    appendFileSync(path.join(prisma, 'schema.prisma'), '\nmodel Extra {\n  id Int @id\n}\n')
    expect(await schemaDiff(url, dir)).toContain('CREATE TABLE "Extra"')
  })

  it('leave no scratch database behind when they are compared', async () => {
    await schemaDiff(url)
    expect(await rows("select datname from pg_database where datname like 'handroll_scratch%'")).toEqual([])
  })

  it('run once, in order, and are recorded as the vendor records them', async () => {
    const names = (await readMigrations()).map(({ name }) => name)
    expect(await applyMigrations(url)).toEqual(names)
    expect(await applyMigrations(url)).toEqual([])
    const recorded = await rows('select migration_name, applied_steps_count from _prisma_migrations order by started_at')
    expect(recorded).toEqual(names.map((migration_name) => ({ migration_name, applied_steps_count: 1 })))
  })

  it('run once when several processes begin at the same time', async () => {
    const applied = await Promise.all([1, 2, 3].map(() => applyMigrations(url)))
    expect(applied.flat().toSorted()).toEqual((await readMigrations()).map(({ name }) => name))
  })

  it('install the queue, so that jobs can be added before any grader has run', async () => {
    await applyMigrations(url)
    expect(await rows("select task_identifier from graphile_worker.jobs")).toEqual([])
    await rows(`select graphile_worker.add_job('grade')`)
    expect(await rows("select task_identifier from graphile_worker.jobs")).toEqual([{ task_identifier: 'grade' }])
  })

  it('may hold semicolons inside functions and comments', async () => {
    await add('with_function', `
      -- First this; then that.
      create function one() returns int language plpgsql as $$ begin return 1; end; $$;
      create table pair (a int); create table pair_of_pairs (b text default ';');`)
    await applyMigrations(url, dir)
    expect(await rows('select one() as a, (select count(*)::int from pair) as b')).toEqual([{ a: 1, b: 0 }])
  })

  it('leave nothing half-done when a statement fails, and say which migration it was', async () => {
    await add('broken', 'create table half (a int); select 1 / 0;')
    await expect(applyMigrations(url, dir)).rejects.toThrow(/^Migration 21000101000000_broken failed: .*division by zero$/)
    expect(await rows("select to_regclass('half') as half")).toEqual([{ half: null }])
    await expect(applyMigrations(url, dir)).rejects.toThrow(/21000101000000_broken began and did not finish/)
  })

  it('refuse to run when an old one was edited', async () => {
    await applyMigrations(url, dir)
    const [first] = await readMigrations(dir)
    appendFileSync(path.join(dir, first?.name ?? '', 'migration.sql'), '-- a thought\n')
    await expect(applyMigrations(url, dir)).rejects.toThrow(`Migration ${first?.name} was changed after it ran`)
  })

  it('refuse to run on the database of a newer version', async () => {
    const folder = await add('future', 'select 1;')
    await applyMigrations(url, dir)
    rmSync(folder, { recursive: true })
    await expect(applyMigrations(url, dir)).rejects.toThrow(/21000101000000_future, which this version of Handroll/)
  })

  it('get a folder named after the moment and the given words', async () => {
    const folder = await newMigrationFolder('Add class tables!', 'select 1;', dir, new Date(Date.UTC(2026, 10, 21, 4, 5, 6)))
    expect(path.basename(folder)).toBe('20261121040506_add_class_tables')
  })
})
