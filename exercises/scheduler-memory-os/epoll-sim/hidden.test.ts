import { describe, expect, it } from 'vitest'
import { inGuest, random } from 'handroll'
import { ET, HUP, IN, Kernel, ONESHOT, OUT } from './solution'

/** A kernel with one descriptor that is registered with one epoll. */
function watched(events: number, sendBuffer = 100) {
  const kernel = new Kernel()
  const fd = kernel.open({ sendBuffer })
  const epoll = kernel.epoll()
  epoll.ctl('add', fd, events)
  /** What the epoll reports for the descriptor: the events of each report. */
  const reported = () => epoll.wait(10).map((event) => (event.fd === fd ? event.events : Number.NaN))
  return { kernel, fd, epoll, reported }
}

describe('Level and edge', () => {
  it('level-triggered: reports as long as data is left', () => {
    const { kernel, fd, reported } = watched(IN)
    expect(reported()).toEqual([])
    kernel.deliver(fd, 10)
    expect([reported(), reported()]).toEqual([[IN], [IN]])
    kernel.read(fd, random.int(1, 9))
    expect(reported()).toEqual([IN])
    kernel.read(fd, 10)
    expect([reported(), reported()]).toEqual([[], []])
    kernel.deliver(fd, 1)
    expect(reported()).toEqual([IN])
  })

  it('level-triggered: reports as long as there is room to send', () => {
    const { kernel, fd, reported } = watched(OUT)
    expect([reported(), reported()]).toEqual([[OUT], [OUT]])
    kernel.write(fd, 99)
    expect(reported()).toEqual([OUT])
    kernel.write(fd, 99)
    expect([reported(), reported()]).toEqual([[], []])
    kernel.drainSend(fd, 1)
    expect([reported(), reported()]).toEqual([[OUT], [OUT]])
  })

  it('edge-triggered: reports once for what arrived since the last report', () => {
    const { kernel, fd, reported } = watched(IN | ET)
    kernel.deliver(fd, 10)
    kernel.deliver(fd, 10)
    expect([reported(), reported()]).toEqual([[IN], []])
  })

  it('edge-triggered: stays silent about what was left, until more arrives', () => {
    const { kernel, fd, reported } = watched(IN | ET)
    kernel.deliver(fd, 10)
    reported()
    kernel.read(fd, 3)
    expect(reported()).toEqual([])
    kernel.deliver(fd, 1)
    expect([reported(), reported()]).toEqual([[IN], []])
    expect(kernel.read(fd, 100)).toBe(8)
  })

  it('edge-triggered: reports room only when a full buffer gets some', () => {
    const { kernel, fd, reported } = watched(OUT | ET)
    expect([reported(), reported()]).toEqual([[OUT], []])
    kernel.write(fd, 60)
    kernel.drainSend(fd, 30)
    expect(reported()).toEqual([])
    kernel.write(fd, 100)
    expect(reported()).toEqual([])
    kernel.drainSend(fd, 5)
    expect([reported(), reported()]).toEqual([[OUT], []])
    kernel.drainSend(fd, 5)
    expect(reported()).toEqual([])
  })

  it('says nothing about what is over before anybody asks', () => {
    for (const mode of [0, ET]) {
      const { kernel, fd, reported } = watched(IN | mode)
      kernel.deliver(fd, 10)
      kernel.read(fd, 10)
      expect(reported()).toEqual([])
    }
  })

  it('tells in each report all that the descriptor is ready for', () => {
    for (const mode of [0, ET]) {
      const { kernel, fd, reported } = watched(IN | OUT | mode)
      expect(reported()).toEqual([OUT])
      kernel.deliver(fd, 1)
      expect(reported()).toEqual([IN | OUT])
      kernel.write(fd, 100)
      kernel.deliver(fd, 1)
      expect(reported()).toEqual([IN])
    }
  })

  it('reports only what it was asked for', () => {
    for (const mode of [0, ET]) {
      const input = watched(IN | mode)
      input.kernel.write(input.fd, 100)
      input.kernel.drainSend(input.fd, 100)
      expect(input.reported()).toEqual([])
      const output = watched(OUT | mode)
      output.kernel.write(output.fd, 100)
      output.kernel.deliver(output.fd, 1)
      expect(output.reported()).toEqual([])
    }
    const unread = watched(IN | ET)
    unread.kernel.deliver(unread.fd, 1)
    unread.reported()
    unread.kernel.write(unread.fd, 100)
    unread.kernel.drainSend(unread.fd, 100)
    expect(unread.reported()).toEqual([])
  })
})

describe('Registration', () => {
  it('reports what is there already when a descriptor is added', () => {
    for (const mode of [0, ET, ONESHOT]) {
      const kernel = new Kernel()
      const fd = kernel.open()
      kernel.deliver(fd, 5)
      const epoll = kernel.epoll()
      epoll.ctl('add', fd, IN | mode)
      expect(epoll.wait(1)).toEqual([{ fd, events: IN }])
    }
  })

  it('reports what is there already when a registration is changed', () => {
    const { kernel, fd, epoll, reported } = watched(OUT | ET)
    kernel.deliver(fd, 5)
    reported()
    epoll.ctl('mod', fd, IN | ET)
    expect([reported(), reported()]).toEqual([[IN], []])
    epoll.ctl('mod', fd, IN | ET)
    expect(reported()).toEqual([IN])
    epoll.ctl('mod', fd, IN)
    epoll.ctl('mod', fd, 0)
    expect(reported()).toEqual([])
  })

  it('is silent after a one-shot report until it is armed again', () => {
    for (const mode of [0, ET]) {
      const { kernel, fd, epoll, reported } = watched(IN | ONESHOT | mode)
      kernel.deliver(fd, 5)
      expect([reported(), reported()]).toEqual([[IN], []])
      kernel.deliver(fd, 5)
      kernel.hangup(fd)
      expect(reported()).toEqual([])
      epoll.ctl('mod', fd, IN | ONESHOT | mode)
      expect([reported(), reported()]).toEqual([[IN | HUP], []])
    }
  })

  it('hears of what comes after it was armed again', () => {
    const { kernel, fd, epoll, reported } = watched(IN | ONESHOT)
    kernel.deliver(fd, 5)
    reported()
    kernel.read(fd, 5)
    epoll.ctl('mod', fd, IN | ONESHOT)
    expect(reported()).toEqual([])
    kernel.deliver(fd, 5)
    expect(reported()).toEqual([IN])
  })

  it('does not use up a one-shot registration when there is nothing to report', () => {
    const { kernel, fd, reported } = watched(IN | ONESHOT)
    kernel.deliver(fd, 5)
    kernel.read(fd, 5)
    expect(reported()).toEqual([])
    kernel.deliver(fd, 5)
    expect(reported()).toEqual([IN])
  })

  it('reports nothing after del', () => {
    const { kernel, fd, epoll, reported } = watched(IN)
    kernel.deliver(fd, 5)
    epoll.ctl('del', fd)
    expect(reported()).toEqual([])
    kernel.deliver(fd, 5)
    kernel.hangup(fd)
    expect(reported()).toEqual([])
    epoll.ctl('add', fd, IN)
    expect(reported()).toEqual([IN | HUP])
  })

  it('reports nothing after close, in any epoll', () => {
    const { kernel, fd, epoll, reported } = watched(IN)
    const other = kernel.epoll()
    other.ctl('add', fd, OUT)
    kernel.deliver(fd, 5)
    kernel.close(fd)
    expect([reported(), other.wait(5)]).toEqual([[], []])
    expect(() => epoll.ctl('del', fd)).toThrow(RangeError)
    expect(() => epoll.ctl('add', fd, IN)).toThrow(RangeError)
  })

  it('reports a hang-up whether asked to or not', () => {
    const { kernel, fd, reported } = watched(0)
    kernel.deliver(fd, 5)
    expect(reported()).toEqual([])
    kernel.hangup(fd)
    expect([reported(), reported()]).toEqual([[HUP], [HUP]])
    const edge = watched(IN | ET)
    edge.kernel.hangup(edge.fd)
    expect([edge.reported(), edge.reported()]).toEqual([[IN | HUP], []])
    edge.kernel.hangup(edge.fd)
    expect(edge.reported()).toEqual([])
    const output = watched(OUT | ET)
    output.reported()
    output.kernel.hangup(output.fd)
    expect(output.reported()).toEqual([OUT | HUP])
  })

  it('keeps what several epolls know apart', () => {
    const { kernel, fd, reported } = watched(IN | ET)
    const other = kernel.epoll()
    other.ctl('add', fd, IN | ET)
    kernel.deliver(fd, 1)
    expect([reported(), reported()]).toEqual([[IN], []])
    expect([other.wait(1), other.wait(1)]).toEqual([[{ fd, events: IN }], []])
  })

  it('refuses what makes no sense', () => {
    const { kernel, fd, epoll, reported } = watched(IN)
    const free = kernel.open()
    expect(() => epoll.ctl('add', fd, OUT)).toThrow(RangeError)
    expect(() => epoll.ctl('mod', free, IN)).toThrow(RangeError)
    expect(() => epoll.ctl('del', free)).toThrow(RangeError)
    expect(() => epoll.ctl('add', 999, IN)).toThrow(RangeError)
    for (const events of [undefined, 2, 8, 256, IN | 32]) {
      expect(() => epoll.ctl('add', free, events)).toThrow(RangeError)
      expect(() => epoll.ctl('mod', fd, events)).toThrow(RangeError)
    }
    for (const n of [0, -1, 1.5]) expect(() => epoll.wait(n)).toThrow(RangeError)
    expect(reported()).toEqual([])
    kernel.deliver(fd, 1)
    kernel.deliver(free, 1)
    expect(reported()).toEqual([IN])
  })
})

describe('Fairness and cost', () => {
  it('reports in the order in which things happened', () => {
    const kernel = new Kernel()
    const epoll = kernel.epoll()
    const fds = Array.from({ length: 5 }, () => kernel.open())
    for (const fd of fds) epoll.ctl('add', fd, IN | ET)
    const order = random.shuffle(fds)
    for (const fd of order) kernel.deliver(fd, 1)
    kernel.deliver(order[0] ?? 0, 1)
    expect(epoll.wait(10).map(({ fd }) => fd)).toEqual(order)
    for (const fd of order) kernel.deliver(fd, 1)
    epoll.ctl('mod', order[0] ?? 0, IN | ET)
    expect(epoll.wait(10).map(({ fd }) => fd)).toEqual([...order.slice(1), ...order.slice(0, 1)])
  })

  it('reports no more than asked for, and the others next time', () => {
    for (const mode of [0, ET]) {
      const kernel = new Kernel()
      const epoll = kernel.epoll()
      const fds = Array.from({ length: 5 }, () => kernel.open())
      for (const fd of fds) epoll.ctl('add', fd, IN | mode)
      for (const fd of fds) kernel.deliver(fd, 1)
      const seen = [epoll.wait(2), epoll.wait(2)].flat().map(({ fd }) => fd)
      expect(seen).toEqual(fds.slice(0, 4))
    }
  })

  it('gives every ready descriptor its turn', () => {
    const kernel = new Kernel()
    const epoll = kernel.epoll()
    const count = random.int(4, 7)
    const fds = Array.from({ length: count }, () => kernel.open())
    for (const fd of fds) epoll.ctl('add', fd, OUT)
    const seen = Array.from({ length: count }, () => epoll.wait(3).map(({ fd }) => fd)).flat()
    expect(seen).toEqual(Array.from({ length: 3 * count }, (_, i) => fds[i % count]))
  })

  it('reports each descriptor once in a call', () => {
    const { epoll, fd } = watched(OUT)
    expect(epoll.wait(10)).toEqual([{ fd, events: OUT }])
  })

  it('looks at no idle descriptor, however many there are', () => {
    const [visited, reports] = inGuest((solution: typeof import('./solution'), idle: number): [number, number] => {
      const kernel = new solution.Kernel()
      const epoll = kernel.epoll()
      const fds = Array.from({ length: idle }, () => kernel.open())
      for (const fd of fds) epoll.ctl('add', fd, solution.IN)
      let count = 0
      for (let i = 0; i < 50; i++) {
        kernel.deliver(fds[(i * 37) % idle] ?? 0, 1)
        count += epoll.wait(10).length
        kernel.read(fds[(i * 37) % idle] ?? 0, 1)
      }
      return [epoll.visited, count]
    }, 3_000)
    expect(reports).toBe(50)
    expect(visited).toBeGreaterThanOrEqual(50)
    expect(visited).toBeLessThanOrEqual(100)
  })

  it('looks no further than it has to', () => {
    const kernel = new Kernel()
    const epoll = kernel.epoll()
    for (let i = 0; i < 6; i++) epoll.ctl('add', kernel.open(), OUT)
    epoll.wait(2)
    expect(epoll.visited).toBe(2)
    epoll.wait(10)
    expect(epoll.visited).toBe(8)
  })
})

describe('Sockets and select', () => {
  it('reads what has arrived, and no more', () => {
    const kernel = new Kernel()
    const fd = kernel.open()
    expect(kernel.read(fd, 5)).toBe('EAGAIN')
    const [a, b] = [random.int(1, 50), random.int(1, 50)]
    kernel.deliver(fd, a)
    kernel.deliver(fd, b)
    expect([kernel.read(fd, 1), kernel.read(fd, 1000), kernel.read(fd, 1)]).toEqual([1, a + b - 1, 'EAGAIN'])
  })

  it('reads what is left after a hang-up, and then the end', () => {
    const kernel = new Kernel()
    const fd = kernel.open()
    kernel.deliver(fd, 5)
    kernel.hangup(fd)
    expect([kernel.read(fd, 3), kernel.read(fd, 3), kernel.read(fd, 3), kernel.read(fd, 3)]).toEqual([3, 2, 0, 0])
    expect(() => kernel.deliver(fd, 1)).toThrow(RangeError)
  })

  it('writes as much as there is room for', () => {
    const kernel = new Kernel()
    const fd = kernel.open({ sendBuffer: 10 })
    expect([kernel.write(fd, 7), kernel.write(fd, 7), kernel.write(fd, 7)]).toEqual([7, 3, 'EAGAIN'])
    kernel.drainSend(fd, 4)
    expect([kernel.write(fd, 7), kernel.write(fd, 1)]).toEqual([4, 'EAGAIN'])
    kernel.drainSend(fd, 1000)
    expect(kernel.write(fd, 1000)).toBe(10)
    expect(kernel.write(kernel.open(), 5000)).toBe(1024)
  })

  it('numbers descriptors from 3 and uses none again', () => {
    const kernel = new Kernel()
    const fds = [kernel.open(), kernel.open()]
    kernel.close(4)
    expect([...fds, kernel.open()]).toEqual([3, 4, 5])
  })

  it('selects what can be read, in the order asked, by looking at all', () => {
    const kernel = new Kernel()
    const fds = random.shuffle(Array.from({ length: 8 }, () => kernel.open()))
    kernel.deliver(fds[2] ?? 0, 1)
    kernel.deliver(fds[6] ?? 0, 1)
    kernel.hangup(fds[4] ?? 0)
    expect(kernel.select(fds)).toEqual({ ready: [fds[2], fds[4], fds[6]], scanned: 8 })
    expect(kernel.select(fds)).toEqual({ ready: [fds[2], fds[4], fds[6]], scanned: 8 })
    expect(kernel.select([])).toEqual({ ready: [], scanned: 0 })
  })

  it('refuses closed descriptors and counts that make no sense', () => {
    const kernel = new Kernel()
    const fd = kernel.open()
    for (const n of [0, -1, 1.5, Number.NaN]) {
      expect(() => kernel.deliver(fd, n)).toThrow(RangeError)
      expect(() => kernel.read(fd, n)).toThrow(RangeError)
      expect(() => kernel.write(fd, n)).toThrow(RangeError)
      expect(() => kernel.drainSend(fd, n)).toThrow(RangeError)
      expect(() => kernel.open({ sendBuffer: n })).toThrow(RangeError)
    }
    kernel.close(fd)
    for (const gone of [fd, 77]) {
      const calls = [
        () => kernel.deliver(gone, 1),
        () => kernel.read(gone, 1),
        () => kernel.write(gone, 1),
        () => kernel.drainSend(gone, 1),
        () => kernel.hangup(gone),
        () => kernel.close(gone),
        () => kernel.select([gone]),
      ]
      for (const call of calls) expect(call).toThrow(RangeError)
    }
  })
})
