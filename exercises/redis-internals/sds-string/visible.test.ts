import { describe, expect, it } from 'vitest'
import { Sds } from './solution'

describe('Sds', () => {
  it('appends text and knows its length', () => {
    const s = new Sds('SET')
    s.append(' key').append(' value')
    expect(s.toString()).toBe('SET key value')
    expect(s.len).toBe(13)
  })

  it('reserves as much again when it has to grow', () => {
    const s = new Sds('abc')
    expect([s.avail, s.reallocs]).toEqual([0, 0])
    s.append('de')
    expect([s.len, s.avail, s.reallocs]).toEqual([5, 5, 1])
    s.append('fghij')
    expect([s.len, s.avail, s.reallocs]).toEqual([10, 0, 1])
  })

  it('cuts out a range, negative positions counting from the end', () => {
    expect(new Sds('hello world').range(0, 4).toString()).toBe('hello')
    expect(new Sds('hello world').range(-5, -1).toString()).toBe('world')
  })

  it('compares byte by byte', () => {
    expect(new Sds('abc').compare(new Sds('abc'))).toBe(0)
    expect(new Sds('abc').compare(new Sds('abd'))).toBeLessThan(0)
  })
})
