import { describe, expect, it } from 'vitest'
import { Handle, ProfileBody } from '@/lib/contract/profile'

describe('a handle', () => {
  it.each(['ada', 'ada-lovelace', '1815', 'a-1-b', 'x'.repeat(30)])('may be %s', (handle) => {
    expect(Handle.parse(handle)).toBe(handle)
  })

  it('is the same in any case, and without spaces around it', () => expect(Handle.parse(' Ada-Lovelace ')).toBe('ada-lovelace'))

  it.each([
    'ab', 'x'.repeat(31), 'ada lovelace', 'ada_l', 'ädä', '-ada', 'ada-', 'ada--l', 'ada.l', 'ada/l', '', 'аda',
    'admin', 'Handroll', 'sign-in', 'null',
  ])('may not be %j', (handle) => {
    expect(Handle.safeParse(handle).success).toBe(false)
  })

  it('is needed for a public profile, and only there', () => {
    expect(ProfileBody.safeParse({ handle: null, public: true }).success).toBe(false)
    expect(ProfileBody.safeParse({ handle: null, public: false }).success).toBe(true)
  })
})
