import { describe, expect, it } from 'vitest'
import { Solitude } from '@/lib/service/solitude'

/** Tasks that end when told to, and the order in which they began. */
function tasks() {
  const solitude = new Solitude()
  const begun: string[] = []
  const ends = new Map<string, (how?: Error) => void>()
  const run = (name: string, alone = false) => solitude.run({ alone }, () => {
    begun.push(name)
    return new Promise<void>((resolve, reject) => ends.set(name, (error) => (error ? reject(error) : resolve())))
  })
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  const end = async (name: string, error?: Error) => {
    ends.get(name)?.(error)
    await settle()
  }
  return { run, end, begun, settle }
}

describe('tasks', () => {
  it('run side by side', async () => {
    const { run, begun, settle } = tasks()
    void run('a')
    void run('b')
    await settle()
    expect(begun).toEqual(['a', 'b'])
  })

  it('that want to be alone wait for all others and hold back later ones', async () => {
    const { run, end, begun, settle } = tasks()
    void run('a')
    void run('b')
    void run('alone', true)
    void run('c')
    await settle()
    await end('a')
    expect(begun).toEqual(['a', 'b'])
    await end('b')
    expect(begun).toEqual(['a', 'b', 'alone'])
    await end('alone')
    expect(begun).toEqual(['a', 'b', 'alone', 'c'])
  })

  it('that want to be alone run one after the other', async () => {
    const { run, end, begun, settle } = tasks()
    void run('first', true)
    void run('second', true)
    await settle()
    expect(begun).toEqual(['first'])
    await end('first')
    expect(begun).toEqual(['first', 'second'])
  })

  it('make room also when they fail', async () => {
    const { run, end, begun, settle } = tasks()
    const failing = run('fails', true)
    void run('next')
    await settle()
    const failed = expect(failing).rejects.toThrow('no')
    await end('fails', new Error('no'))
    await failed
    expect(begun).toEqual(['fails', 'next'])
  })
})
