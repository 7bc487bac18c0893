import { describe, expect, it } from 'vitest'
import { ET, IN, Kernel } from './solution'

describe('Epoll', () => {
  it('reports again and again while data is left, level-triggered', () => {
    const kernel = new Kernel()
    const fd = kernel.open()
    const epoll = kernel.epoll()
    epoll.ctl('add', fd, IN)
    expect(epoll.wait(10)).toEqual([])
    kernel.deliver(fd, 100)
    expect(epoll.wait(10)).toEqual([{ fd, events: IN }])
    expect(kernel.read(fd, 60)).toBe(60)
    expect(epoll.wait(10)).toEqual([{ fd, events: IN }])
    expect([kernel.read(fd, 60), kernel.read(fd, 60)]).toEqual([40, 'EAGAIN'])
    expect(epoll.wait(10)).toEqual([])
  })

  it('reports once for each arrival, edge-triggered', () => {
    const kernel = new Kernel()
    const fd = kernel.open()
    const epoll = kernel.epoll()
    epoll.ctl('add', fd, IN | ET)
    kernel.deliver(fd, 100)
    expect(epoll.wait(10)).toEqual([{ fd, events: IN }])
    kernel.read(fd, 60)
    expect(epoll.wait(10)).toEqual([])
    kernel.deliver(fd, 1)
    expect(epoll.wait(10)).toEqual([{ fd, events: IN }])
  })

  it('looks only at descriptors where something happened', () => {
    const kernel = new Kernel()
    const fds = [1, 2, 3, 4, 5].map(() => kernel.open())
    const epoll = kernel.epoll()
    for (const fd of fds) epoll.ctl('add', fd, IN)
    kernel.deliver(fds[3] ?? 0, 1)
    expect(epoll.wait(10).length).toBe(1)
    expect(epoll.visited).toBe(1)
    expect(kernel.select(fds)).toEqual({ ready: [fds[3]], scanned: 5 })
  })
})
