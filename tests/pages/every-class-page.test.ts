import type { BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { grade } from '@/tests/http/support/grading'
import { makeClassSite, type ClassSite } from '@/tests/http/support/class-site'
import { useSite } from '@/tests/http/support/site'
import { openBoards } from './support/boards'
import { useBrowser } from './support/browser'
import { faultsAt, LOOKS } from './support/faults'

const site = useSite()
const browser = useBrowser(site)

const FOR_STAFF = [
  '/classes', '/classes/new', '/classes/:class', '/classes/:class/people', '/classes/:class/people/import',
  '/classes/:class/settings', '/classes/:class/settings/log', '/classes/:class/leaderboard', '/classes/:class/leaderboard?span=week', '/classes/:class/sets/new', '/classes/:class/sets/:set',
  '/classes/:class/sets/:draft', '/classes/:class/sets/:set/edit', '/classes/:class/sets/:set/exceptions', '/classes/:class/gradebook',
  '/classes/:class/gradebook/:student/:item', '/classes/:class/analytics', '/classes/:class/analytics/:set',
  '/classes/:class/regrades', '/classes/:class/analytics/:set/lru-cache', '/classes/:class/similarity/:set/lru-cache',
  '/classes/nothing-here',
]
const FOR_STUDENTS = [
  '/classes', '/join/nothing', '/classes/:class', '/classes/:class/leaderboard', '/classes/:class/sets/:set', '/submissions/:submission',
  '/classes/:class/gradebook',
]

let classes: ClassSite
beforeAll(async () => {
  await openBoards()
  classes = await makeClassSite(site.visitor)
  await grade(classes.ids.submission, 'passed')
}, 120_000)

const fill = (path: string): string => path.replace(/:(\w+)/g, (_, name: keyof ClassSite['ids']) => classes.ids[name])

describe.each(LOOKS)('in the $theme theme, in $locale', (look) => {
  let staff: BrowserContext
  let students: BrowserContext
  beforeAll(async () => {
    staff = await browser.profile({ ...look, as: classes.askers.instructor })
    students = await browser.profile({ ...look, as: classes.askers.student })
  })
  afterAll(() => Promise.all([staff.close(), students.close()]))

  it.each(FOR_STAFF)('an instructor meets no fault at %s', async (path) => {
    expect(await faultsAt(fill(path), staff)).toBe('')
  })

  it.each(FOR_STUDENTS)('a student meets no fault at %s', async (path) => {
    expect(await faultsAt(fill(path), students)).toBe('')
  })
})
