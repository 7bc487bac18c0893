import { describe, expect, it } from 'vitest'
import { SignUpBody } from '@/lib/contract/account'

const good = { email: 'ada@example.com', name: 'Ada', password: 'a quiet workshop' }

/** Field and rule of everything that is wrong with the good form after a change; undefined when nothing is. */
function rules(change: object): unknown[][] | undefined {
  const issues = SignUpBody.safeParse({ ...good, ...change }).error?.issues
  return issues?.map((issue) => [issue.path.join('.'), issue.code === 'custom' ? issue.params?.rule : issue.code])
}

describe('signing up', () => {
  it('stores addresses in one form', () => {
    expect(SignUpBody.parse({ ...good, email: '  Ada@Example.COM ' }).email).toBe('ada@example.com')
  })

  it.each(['correct horse lantern', '三个和尚没水喝的故事啊', 'kQ8-vortex-9'])('takes the password %s', (password) => {
    expect(rules({ password })).toBeUndefined()
  })

  it.each([
    ['short', 'too_small'], ['long words '.repeat(30), 'too_big'], ['Password2026!', 'common-password'],
    ['1234567890', 'common-password'], ['aaaaaaaaaaaa', 'common-password'], ['iloveyou2025', 'common-password'],
    ['ADA@example.com', 'same-as-email'],
  ])('refuses the password %s', (password, rule) => {
    expect(rules({ password })).toEqual([['password', rule]])
  })

  it.each(['no-at-sign', 'two@@example.com', 'a@b', `${'a'.repeat(250)}@example.com`, ''])(
    'refuses the address %s',
    (email) => {
      expect(rules({ email })?.[0]?.[0]).toBe('email')
    },
  )

  it.each(['', '   ', 'x'.repeat(81), 'Ada\u0000', 'Ada\u202Egnp', 'Ada\nLovelace'])('refuses the name %j', (name) => {
    expect(rules({ name })?.[0]?.[0]).toBe('name')
  })

  it('refuses fields it does not know, so nobody appoints themselves', () => {
    expect(rules({ role: 'admin' })).toEqual([['', 'unrecognized_keys']])
  })
})
