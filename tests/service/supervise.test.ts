import { randomUUID } from 'node:crypto'
import { chmodSync, chownSync, cpSync, existsSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { connectionOptions, runOnce } from '@/lib/db/connection'
import { contentProblemLines } from '@/lib/service/content-problems'
import { newDataDir, processesOf, startSite, type Site, type StartOptions } from './support/site'

/** Whole sites start one after the other, on a machine that may be busy. */
const TIMEOUT = 180_000
vi.setConfig({ testTimeout: TIMEOUT, hookTimeout: TIMEOUT })

const asRoot = process.getuid?.() === 0
const NOBODY = 65_534

const sites: Site[] = []
const start = async (options?: StartOptions) => {
  const site = await startSite(options)
  sites.push(site)
  return site
}
/** Until the site says where it is. */
const startAndWait = async (options?: StartOptions) => {
  const site = await start(options)
  await site.line(/^Handroll is at/)
  return site
}
const query = (site: Site, sql: string) => runOnce(connectionOptions(site.databaseUrl), sql)
const eventually = <T>(check: () => T | Promise<T>) => vi.waitFor(check, { timeout: TIMEOUT, interval: 50 })

const removeAll = async () => {
  const started = sites.splice(0)
  for (const site of started) await site.stop('SIGKILL')
  for (const { dataDir } of started) {
    await eventually(() => expect(processesOf(dataDir)).toEqual([]))
    if (existsSync(dataDir)) rmSync(dataDir, { recursive: true })
  }
}

/** What a start prints that must fail: it leaves with 1 and with nothing running but what ran before. */
const refusal = async (options: StartOptions) => {
  const before = options.dataDir ? processesOf(options.dataDir) : []
  const site = await startSite(options)
  expect(await site.ended).toBe(1)
  expect(processesOf(site.dataDir).filter((running) => !before.includes(running))).toEqual([])
  return site.lines.filter((line) => line !== '(ended)')
}

describe('a site that runs', () => {
  let site: Site
  beforeAll(async () => {
    site = await startAndWait()
  })
  afterAll(removeAll)

  it('has said where it is and how to become its first admin', async () => {
    const link = new RegExp(`^  http://localhost:${site.port}/claim\\?token=[\\w-]{43}$`)
    expect(await site.line(/claim/)).toMatch(link)
    expect(await site.web()).not.toBeNull()
  })

  it('keeps the password of its database to the user who started it', async () => {
    expect(statSync(path.join(site.dataDir, 'postgres.json')).mode & 0o777).toBe(0o600)
    const guess = Object.assign(new URL(site.databaseUrl), { password: '' }).href
    await expect(runOnce(connectionOptions(guess), 'select 1')).rejects.toThrow(/password/)
  })

  it('keeps a second one out of its data folder', async () => {
    expect(await refusal({ dataDir: site.dataDir })).toEqual([
      `The data folder ${site.dataDir} is in use by another Handroll (process ${site.process.pid}). `
        + 'Stop that one first, or set HANDROLL_DATA to another folder.',
    ])
  })

  it('is not open to who has the wrong password for its database, and says so', async () => {
    const url = Object.assign(new URL(site.databaseUrl), { password: 'wrong' }).href
    const [line] = await refusal({ env: { DATABASE_URL: url } })
    expect(line).toContain('cannot be used: password authentication failed for user "handroll".')
    expect(line).not.toContain('wrong@')
  })

  it('starts its web process again when that is killed', async () => {
    const killed = (await site.web())?.pid ?? 0
    process.kill(killed, 'SIGKILL')
    await site.line(/^web +ended \(SIGKILL\); starting it again/)
    await eventually(async () => expect((await site.web())?.pid).toSatisfy((pid) => pid && pid !== killed))
  })

  it('starts its grader again when that is killed', async () => {
    const graders = async () => (await query(site, 'select id, pid from graders')).rows as { id: string; pid: number }[]
    await eventually(async () => expect(await graders()).toHaveLength(1))
    const [killed] = await graders()
    process.kill(killed?.pid ?? 0, 'SIGKILL')
    await eventually(async () => {
      const now = await graders()
      expect(now).toHaveLength(1)
      expect(now[0]?.id).not.toBe(killed?.id)
    })
  })

  it('starts its database again when that is killed, at the same address', async () => {
    const [url, killed] = [site.databaseUrl, site.databasePid]
    process.kill(killed, 'SIGKILL')
    await site.line(/^database +ended/)
    await eventually(async () => expect((await query(site, 'select 1 as one')).rows).toEqual([{ one: 1 }]))
    expect(site.databaseUrl).toBe(url)
    expect(site.databasePid).not.toBe(killed)
  })
})

describe('a site that is stopped', () => {
  afterEach(removeAll)

  it('leaves no process behind, and finds its data and its admin at the next start', async () => {
    const site = await startAndWait()
    expect(processesOf(site.dataDir).length).toBeGreaterThan(3)
    await query(site, `insert into users (id, email, name, role) values ('${randomUUID()}', 'a@b.c', 'Ada', 'admin')`)
    expect(await site.stop('SIGTERM')).toBe(0)
    expect(processesOf(site.dataDir)).toEqual([])
    expect(existsSync(path.join(site.dataDir, 'postgres/postmaster.pid'))).toBe(false)
    expect(existsSync(path.join(site.dataDir, 'lock'))).toBe(false)

    const next = await startAndWait({ dataDir: site.dataDir })
    expect((await query(next, 'select name from users')).rows).toEqual([{ name: 'Ada' }])
    expect(await next.stop('SIGINT')).toBe(0)
    expect(next.lines.join('\n')).not.toContain('claim')
  })

  it('in the middle of its start leaves nothing behind either', async () => {
    const site = await start()
    await eventually(() => expect(existsSync(path.join(site.dataDir, 'lock'))).toBe(true))
    expect(await site.stop()).toBe(0)
    expect(processesOf(site.dataDir)).toEqual([])
  })

  it('by kill -9 leaves nothing running, and starts as well as ever', async () => {
    const site = await startAndWait()
    await site.stop('SIGKILL')
    await eventually(() => expect(processesOf(site.dataDir)).toEqual([]))
    const next = await startAndWait({ dataDir: site.dataDir })
    expect(await next.web()).not.toBeNull()
  })
})

describe('a site works', () => {
  afterEach(removeAll)

  it('for an ordinary user', async () => {
    const dataDir = newDataDir()
    if (asRoot) chownSync(dataDir, NOBODY, NOBODY)
    const site = await startAndWait({ dataDir, ...(asRoot ? { uid: NOBODY, gid: NOBODY } : {}) })
    expect(statSync(path.join(dataDir, 'postgres')).uid).toBe(asRoot ? NOBODY : process.getuid?.())
    expect(await site.stop()).toBe(0)
  })

  it.runIf(asRoot)('for root in a folder that nobody else may enter', async () => {
    const closed = newDataDir()
    chmodSync(closed, 0o700)
    const site = await startAndWait({ dataDir: path.join(closed, 'data') })
    const elsewhere = /its files are in (\S+):/.exec(site.lines.join('\n'))?.[1] ?? ''
    expect(elsewhere).toMatch(/^\/var\/lib\/handroll\/\w+$/)
    expect(existsSync(path.join(elsewhere, 'postgres/PG_VERSION'))).toBe(true)
    await site.stop()
    rmSync(elsewhere, { recursive: true })
    rmSync(closed, { recursive: true })
  })
})

describe('content that is broken', () => {
  afterEach(removeAll)

  it('is named, once, and keeps nothing from starting', async () => {
    const exercises = newDataDir()
    cpSync('exercises', exercises, { recursive: true })
    writeFileSync(path.join(exercises, 'caches-and-eviction/lru-cache/exercise.json'), '{ "order": 1')
    const site = await startAndWait({ env: { EXERCISES_DIR: exercises } })
    expect(await site.web()).not.toBeNull()
    await site.stop()
    const told = site.lines.filter((line) => line.includes('lru-cache'))
    expect(told).toEqual([expect.stringMatching(/^ {2}caches-and-eviction\/lru-cache\/exercise\.json: .* \(json-syntax\)$/)])
    expect(site.lines.filter((line) => line.includes(`in ${exercises}; what is broken is left out:`))).toHaveLength(1)
    rmSync(exercises, { recursive: true })
  })

  it('is named when the whole folder is missing', async () => {
    expect(await contentProblemLines({ exercisesDir: '/no/such/folder' })).toEqual([
      '1 problem in /no/such/folder; what is broken is left out:',
      expect.stringMatching(/set EXERCISES_DIR to the folder that holds the topics/),
    ])
  })
})

describe('a start is refused with one clear sentence', () => {
  it('when the port is in use', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    expect(await refusal({ port })).toEqual([
      `Port ${port} on 127.0.0.1 is in use or not allowed. Stop the other program, or set PORT to another one.`,
    ])
    await new Promise((resolve) => other.close(resolve))
  })

  it('when the data folder cannot be made', async () => {
    expect(await refusal({ dataDir: path.join(import.meta.filename, 'data') })).toEqual([expect.stringMatching(
      /^The data folder \S+ cannot be made \(ENOTDIR[^)]*\)\. Set HANDROLL_DATA to a folder that this user can write to\.$/,
    )])
  })

  it('when nothing listens at DATABASE_URL', async () => {
    expect(await refusal({ env: { DATABASE_URL: 'postgres://ada:secret@127.0.0.1:1/site' } })).toEqual([
      'The database at 127.0.0.1:1/site cannot be used: nothing listens there. '
        + 'Check DATABASE_URL and that the server is running.',
    ])
  })

  it('when a setting is wrong', async () => {
    expect(await refusal({ env: { DATABASE_URL: 'mysql://localhost/site', LOG_LEVEL: 'loud' } })).toEqual([
      expect.stringMatching(/^A setting is wrong: DATABASE_URL: must look like postgres:.*; LOG_LEVEL: .*\.$/),
    ])
    expect(await refusal({ env: { OIDC_ISSUER: 'https://id.example.edu', LOG_LEVEL: 'loud' } })).toEqual([
      expect.stringMatching(/^A setting is wrong: LOG_LEVEL: .*; OIDC_CLIENT_ID and OIDC_CLIENT_SECRET must be set as well: .*\.$/),
    ])
  })
})
