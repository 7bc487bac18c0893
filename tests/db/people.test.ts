import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { findAccount, setRole } from '@/lib/learn/accounts'
import { rename } from '@/lib/learn/own-account'
import { changeRole, listPeople } from '@/lib/learn/people'
import { useDatabase } from '../support/database'
import { newLearner } from './support/people'

useDatabase()

async function newAdmin(): Promise<{ id: string }> {
  const { id } = await newLearner()
  await setRole(id, 'admin')
  return { id }
}

const ids = (people: { id: string }[]) => people.map(({ id }) => id)

describe('the list of people', () => {
  it('begins with the latest and goes on after the last of a page', async () => {
    const made = [await newLearner(), await newLearner(), await newLearner()]
    const latest = ids(made).reverse()
    expect(ids(await listPeople({ limit: 2 }))).toEqual(latest.slice(0, 2))
    expect(ids(await listPeople({ before: latest[1], limit: 2 }))[0]).toBe(latest[2])
  })

  it('is searched by a part of the name or of the address, in any case', async () => {
    const email = `${randomUUID()}@example.org`
    const { id } = await newLearner(email)
    await rename(id, 'Zoë Quint')
    expect(ids(await listPeople({ search: ' QUINT ' }))).toEqual([id])
    expect(ids(await listPeople({ search: email.slice(0, 20).toUpperCase() }))).toEqual([id])
  })

  it('takes the signs of a pattern for what they are', async () => {
    await newLearner()
    expect(await listPeople({ search: '%' })).toEqual([])
    expect(await listPeople({ search: '_' })).toEqual([])
  })

  it('is empty after somebody who cannot exist', async () => {
    await newLearner()
    expect(await listPeople({ before: 'nobody' })).toEqual([])
  })

  it('tells nothing of passwords', async () => {
    await newLearner()
    expect(JSON.stringify(await listPeople({}))).not.toMatch(/argon2|password/i)
  })
})

describe('a role', () => {
  it('is changed by somebody else', async () => {
    const [admin, learner] = [await newAdmin(), await newLearner()]
    expect(await changeRole(admin.id, learner.id, 'instructor')).toMatchObject({ id: learner.id, role: 'instructor' })
    expect((await findAccount(learner.id))?.role).toBe('instructor')
  })

  it('is never changed by its owner, so that an admin always remains', async () => {
    const admin = await newAdmin()
    await expect(changeRole(admin.id, admin.id, 'learner')).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('is not changed by somebody who is no admin', async () => {
    const [one, other] = [await newLearner(), await newLearner()]
    await expect(changeRole(one.id, other.id, 'admin')).rejects.toMatchObject({ code: 'forbidden' })
  })

  it.each(['nobody', randomUUID()])('cannot be given to %s', async (id) => {
    const admin = await newAdmin()
    await expect(changeRole(admin.id, id, 'admin')).rejects.toMatchObject({ code: 'not-found' })
  })
})
