import { describe, expect, it } from 'vitest'
import { inGuest, random } from 'handroll'
import { OrderBook, type OrderReq, type Side, type Trade } from './solution'

type Solution = typeof import('./solution')
type Result = ReturnType<OrderBook['submit']>
type Amendment = [id: string, change: { qty?: number; price?: number }]
type Command = { submit: OrderReq } | { cancel: string } | { amend: Amendment }

const limit = (id: string, side: Side, price: number, qty: number, more: Partial<OrderReq> = {}): Command => {
  return { submit: { id, user: `user of ${id}`, side, qty, price, ...more } }
}
const buy = (id: string, price: number, qty: number, more?: Partial<OrderReq>) => limit(id, 'buy', price, qty, more)
const sell = (id: string, price: number, qty: number, more?: Partial<OrderReq>) => limit(id, 'sell', price, qty, more)
const market = (id: string, side: Side, qty: number, more: Partial<OrderReq> = {}): Command => {
  return { submit: { id, user: `user of ${id}`, side, qty, ...more } }
}

/** What can be seen after a command. */
interface Seen {
  answer: Result | boolean
  best: ReturnType<OrderBook['best']>
  depth: ReturnType<OrderBook['depth']>
}

/**
 * Runs commands beside the solution: what is seen after each. With `replayFrom`, the book is replaced before that
 * command by one that is replayed from the journal.
 */
function run(commands: readonly Command[], replayFrom = -1): Seen[] {
  const driver = (solution: Solution, text: string, at: number) => {
    let book = new solution.OrderBook()
    const seen = (JSON.parse(text) as Command[]).map((command, i) => {
      if (i === at) book = solution.OrderBook.replay(JSON.parse(JSON.stringify(book.journal())) as string[])
      const answer =
        'submit' in command
          ? book.submit(command.submit)
          : 'cancel' in command
            ? book.cancel(command.cancel)
            : book.amend(...command.amend)
      return { answer, best: book.best(), depth: book.depth(1000) }
    })
    return JSON.stringify(seen)
  }
  return JSON.parse(inGuest(driver, JSON.stringify(commands), replayFrom)) as Seen[]
}

const last = (commands: readonly Command[]) => run(commands).at(-1)
const trade = (seq: number, price: number, qty: number, maker: string, taker: string): Trade => {
  return { seq, price, qty, maker, taker }
}
const cancelled = (remaining: number): Result => ({ status: 'cancelled', trades: [], remaining })

interface Order {
  id: string
  user: string
  side: Side
  price: number
  qty: number
}

/** The rules written down as simply as possible: one list of orders in the order of their arrival. */
class Model {
  orders: Order[] = []
  seq = 0
  readonly ids = new Set<string>()

  /** Orders of the other side with which this one would trade, in turn. */
  partners({ side, price }: { side: Side; price: number | undefined }): Order[] {
    const sign = side === 'buy' ? 1 : -1
    const others = this.orders.filter((other) => other.side !== side)
    const crossing = others.filter((other) => price === undefined || sign * (price - other.price) >= 0)
    return crossing.sort((a, b) => sign * (a.price - b.price))
  }

  match(taker: Omit<Order, 'price'> & { price: number | undefined }): Trade[] {
    const trades: Trade[] = []
    for (const maker of this.partners(taker)) {
      if (taker.qty === 0) break
      const qty = Math.min(maker.qty, taker.qty)
      if (maker.user !== taker.user) {
        trades.push(trade(++this.seq, maker.price, qty, maker.id, taker.id))
        taker.qty -= qty
        maker.qty -= qty
      }
      if (maker.qty === 0 || maker.user === taker.user) this.orders = this.orders.filter((order) => order !== maker)
    }
    return trades
  }

  run(command: Command): Result | boolean {
    if ('submit' in command) return this.submit(command.submit)
    const id = 'cancel' in command ? command.cancel : command.amend[0]
    const order = this.orders.find((other) => other.id === id)
    if (order === undefined) return false
    if ('cancel' in command) {
      this.orders = this.orders.filter((other) => other !== order)
      return true
    }
    const { qty = order.qty, price = order.price } = command.amend[1]
    if (price === order.price && qty <= order.qty) {
      order.qty = qty
      return true
    }
    this.orders = this.orders.filter((other) => other !== order)
    const again = { ...order, qty, price }
    this.match(again)
    if (again.qty > 0) this.orders.push(again)
    return true
  }

  submit({ id, user, side, qty, price, tif = 'GTC' }: OrderReq): Result {
    if (this.ids.has(id)) return { status: 'rejected', trades: [], remaining: qty }
    this.ids.add(id)
    const taker = { id, user, side, qty, price }
    const others = this.partners(taker).filter((other) => other.user !== user)
    if (tif === 'FOK' && others.reduce((sum, other) => sum + other.qty, 0) < qty) return cancelled(qty)
    const trades = this.match(taker)
    const rests = tif === 'GTC' && price !== undefined && taker.qty > 0
    if (rests) this.orders.push({ ...taker, price })
    const unfilled = trades.length > 0 ? 'partial' : rests ? 'open' : 'cancelled'
    return { status: taker.qty === 0 ? 'filled' : unfilled, trades, remaining: taker.qty }
  }

  depth(): Seen['depth'] {
    const side = (which: Side, sign: number) => {
      const levels = new Map<number, number>()
      for (const { side: own, price, qty } of this.orders) {
        if (own === which) levels.set(price, (levels.get(price) ?? 0) + qty)
      }
      return [...levels].sort(([a], [b]) => sign * (a - b))
    }
    return { bids: side('buy', -1), asks: side('sell', 1) }
  }
}

/** Commands of a few users around one price, many of which meet. */
function someCommands(count: number): Command[] {
  return Array.from({ length: count }, (_, i): Command => {
    const kind = random.int(0, 9)
    const old = `o${random.int(0, Math.max(0, i - 1))}`
    if (kind === 0) return { cancel: old }
    if (kind === 1) return { amend: [old, { qty: random.int(1, 12) }] }
    if (kind === 2) return { amend: [old, { price: random.int(95, 105), qty: random.int(1, 12) }] }
    const side = random.pick(['buy', 'sell'] as const)
    const order: OrderReq = { id: `o${i}`, user: `u${random.int(1, 5)}`, side, qty: random.int(1, 12) }
    if (kind === 3) return { submit: { ...order, tif: random.pick(['GTC', 'IOC', 'FOK']) } }
    return { submit: { ...order, price: random.int(95, 105), tif: random.pick(['GTC', 'GTC', 'GTC', 'IOC', 'FOK']) } }
  })
}

/** Every rule once, in an empty book; it leaves nothing behind that could meet the orders of `someCommands`. */
const EVERY_RULE: readonly Command[] = [
  ...[sell('a', 100, 4), sell('b', 100, 4), sell('c', 101, 4)],
  ...[buy('d', 105, 2), buy('e', 100, 3), buy('f', 101, 20, { tif: 'FOK' }), buy('g', 101, 9, { tif: 'IOC' })],
  ...[sell('h', 100, 3, { user: 'eve' }), sell('i', 100, 3), sell('j', 102, 9)],
  ...[buy('k', 100, 4, { user: 'eve', tif: 'FOK' }), buy('l', 100, 5, { user: 'eve' }), buy('l', 100, 5)],
  ...[buy('m', 99, 5), buy('n', 99, 5), buy('o', 99, 5)],
  { amend: ['m', { qty: 3 }] } as Command,
  { amend: ['n', { qty: 6 }] } as Command,
  sell('p', 99, 9),
  { amend: ['o', { price: 102 }] } as Command,
  ...[market('q', 'sell', 30), market('r', 'buy', 30)],
]

/** What the model says that is to be seen. */
function expected(commands: readonly Command[]): Seen[] {
  const model = new Model()
  return commands.map((command) => {
    const answer = model.run(command)
    const depth = model.depth()
    return { answer, best: { bid: depth.bids[0]?.[0] ?? null, ask: depth.asks[0]?.[0] ?? null }, depth }
  })
}

describe('Matching', () => {
  it('takes the best price first, at the price of the order in the book', () => {
    const seen = last([sell('a', 103, 2), sell('b', 101, 2), sell('c', 102, 2), buy('x', 103, 5)])
    const trades = [trade(1, 101, 2, 'b', 'x'), trade(2, 102, 2, 'c', 'x'), trade(3, 103, 1, 'a', 'x')]
    expect(seen?.answer).toEqual({ status: 'filled', trades, remaining: 0 })
    const other = last([buy('a', 99, 2), buy('b', 101, 2), buy('c', 100, 2), sell('x', 98, 5)])
    const sold = [trade(1, 101, 2, 'b', 'x'), trade(2, 100, 2, 'c', 'x'), trade(3, 99, 1, 'a', 'x')]
    expect(other?.answer).toEqual({ status: 'filled', trades: sold, remaining: 0 })
  })

  it('takes the earliest first at one price', () => {
    const seen = last([sell('a', 100, 2), sell('b', 100, 2), sell('c', 100, 2), buy('x', 100, 5)])
    const trades = [trade(1, 100, 2, 'a', 'x'), trade(2, 100, 2, 'b', 'x'), trade(3, 100, 1, 'c', 'x')]
    expect(seen?.answer).toMatchObject({ trades })
    expect(seen?.depth).toEqual({ bids: [], asks: [[100, 1]] })
  })

  it('leaves an order in its place when part of it is filled', () => {
    const seen = run([sell('a', 100, 5), sell('b', 100, 5), buy('x', 100, 2), buy('y', 100, 4)])
    expect(seen[2]?.depth).toEqual({ bids: [], asks: [[100, 8]] })
    expect(seen[3]?.answer).toMatchObject({ trades: [{ maker: 'a', qty: 3 }, { maker: 'b', qty: 1 }] })
    expect(seen[3]?.depth).toEqual({ bids: [], asks: [[100, 4]] })
  })

  it('puts the rest of a limit order into the book', () => {
    const seen = run([sell('a', 100, 3), buy('x', 101, 5), sell('b', 101, 1), buy('y', 90, 4)])
    expect(seen[1]?.answer).toEqual({ status: 'partial', trades: [trade(1, 100, 3, 'a', 'x')], remaining: 2 })
    expect(seen[2]?.answer).toMatchObject({ status: 'filled', trades: [trade(2, 101, 1, 'x', 'b')] })
    expect(seen[3]?.answer).toEqual({ status: 'open', trades: [], remaining: 4 })
    expect(seen[3]?.depth).toEqual({ bids: [[101, 1], [90, 4]], asks: [] })
  })

  it('does not trade when prices do not cross', () => {
    const seen = last([sell('a', 101, 3), buy('x', 100, 3)])
    expect(seen).toEqual({
      answer: { status: 'open', trades: [], remaining: 3 },
      best: { bid: 100, ask: 101 },
      depth: { bids: [[100, 3]], asks: [[101, 3]] },
    })
  })

  it('shows as many levels as asked for, the best first', () => {
    const book = new OrderBook()
    const prices = random.shuffle([10, 20, 30, 40, 50, 60])
    for (const price of prices) {
      const side = price < 35 ? 'buy' : 'sell'
      for (const qty of [1, 2]) book.submit({ id: `${price}/${qty}`, user: 'a', side, qty, price })
    }
    expect(book.depth(2)).toEqual({ bids: [[30, 3], [20, 3]], asks: [[40, 3], [50, 3]] })
    expect(book.depth(0)).toEqual({ bids: [], asks: [] })
    expect(book.depth(9).asks).toEqual([[40, 3], [50, 3], [60, 3]])
    expect(new OrderBook().best()).toEqual({ bid: null, ask: null })
  })

  it('does what a simple book would do', () => {
    const commands = [...EVERY_RULE, ...someCommands(220)]
    expect(run(commands)).toEqual(expected(commands))
  })
})

describe('Order types', () => {
  it('cancels the rest of a market order', () => {
    const seen = run([sell('a', 100, 2), sell('b', 500, 2), market('x', 'buy', 7), market('y', 'sell', 1)])
    const trades = [trade(1, 100, 2, 'a', 'x'), trade(2, 500, 2, 'b', 'x')]
    expect(seen[2]?.answer).toEqual({ status: 'partial', trades, remaining: 3 })
    expect(seen[3]?.answer).toEqual(cancelled(1))
    expect(seen[3]?.depth).toEqual({ bids: [], asks: [] })
  })

  it('fills a market order at any price', () => {
    const seen = last([buy('a', 1, 2), buy('b', 7, 2), market('x', 'sell', 3)])
    expect(seen?.answer).toMatchObject({ status: 'filled', trades: [{ price: 7 }, { price: 1, qty: 1 }], remaining: 0 })
  })

  it('cancels the rest of an IOC order', () => {
    const seen = run([sell('a', 100, 2), buy('x', 100, 5, { tif: 'IOC' }), buy('y', 100, 1, { tif: 'IOC' })])
    expect(seen[1]?.answer).toEqual({ status: 'partial', trades: [trade(1, 100, 2, 'a', 'x')], remaining: 3 })
    expect(seen[2]).toMatchObject({ answer: cancelled(1), depth: { bids: [], asks: [] } })
  })

  it('fills an FOK order completely', () => {
    const seen = last([sell('a', 100, 2), sell('b', 101, 5), buy('x', 101, 7, { tif: 'FOK' })])
    const trades = [trade(1, 100, 2, 'a', 'x'), trade(2, 101, 5, 'b', 'x')]
    expect(seen).toMatchObject({ answer: { status: 'filled', trades, remaining: 0 }, depth: { bids: [], asks: [] } })
  })

  it('does nothing for an FOK order that cannot be filled completely', () => {
    const before = [sell('a', 100, 2), sell('b', 101, 5), sell('c', 102, 9)]
    const tooLarge = [buy('x', 101, 8, { tif: 'FOK' }), market('y', 'buy', 17, { tif: 'FOK' })]
    const seen = run([...before, ...tooLarge, buy('z', 100, 1)])
    expect([seen[3]?.answer, seen[4]?.answer]).toEqual([cancelled(8), cancelled(17)])
    expect(seen[4]?.depth).toEqual(seen[2]?.depth)
    expect(seen[5]?.answer).toMatchObject({ trades: [{ seq: 1, maker: 'a' }] })
  })

  it('keeps the rest of an order that says GTC', () => {
    expect(last([buy('x', 100, 5, { tif: 'GTC' })])?.depth.bids).toEqual([[100, 5]])
    expect(last([market('x', 'buy', 5, { tif: 'GTC' })])?.answer).toEqual(cancelled(5))
  })
})

describe('Own orders', () => {
  it('cancels the order in the book instead of trading with the same user', () => {
    const own = sell('a', 100, 2, { user: 'eve' })
    const seen = last([own, sell('b', 100, 3), buy('x', 100, 4, { user: 'eve' })])
    expect(seen?.answer).toEqual({ status: 'partial', trades: [trade(1, 100, 3, 'b', 'x')], remaining: 1 })
    expect(seen?.depth).toEqual({ bids: [[100, 1]], asks: [] })
  })

  it('cancels only orders that it meets', () => {
    const own = (id: string, price: number) => sell(id, price, 2, { user: 'eve' })
    const seen = last([sell('a', 100, 3), own('b', 100), own('c', 101), buy('x', 101, 3, { user: 'eve' })])
    expect(seen?.depth).toEqual({ bids: [], asks: [[100, 2], [101, 2]] })
  })

  it('ends as cancelled or open if there was nobody else', () => {
    const own = sell('a', 100, 2, { user: 'eve' })
    expect(last([own, buy('x', 100, 4, { user: 'eve', tif: 'IOC' })])?.answer).toEqual(cancelled(4))
    expect(last([own, buy('x', 100, 4, { user: 'eve' })])?.answer).toEqual({ status: 'open', trades: [], remaining: 4 })
  })

  it('does not count own orders towards an FOK order', () => {
    const before = [sell('a', 100, 3, { user: 'eve' }), sell('b', 100, 3)]
    const fok = { user: 'eve', tif: 'FOK' } as const
    const seen = run([...before, buy('x', 100, 4, fok), buy('y', 100, 3, fok)])
    expect(seen[2]).toMatchObject({ answer: cancelled(4), depth: { asks: [[100, 6]] } })
    expect(seen[3]).toMatchObject({ answer: { status: 'filled', trades: [{ maker: 'b' }] }, depth: { asks: [] } })
  })
})

describe('Changes', () => {
  it('cancels an order once', () => {
    const cancels = ['a', 'a', 'x'].map((cancel) => ({ cancel }))
    const seen = run([buy('a', 100, 2), buy('b', 100, 3), ...cancels, sell('s', 100, 9)])
    expect([seen[2]?.answer, seen[3]?.answer, seen[4]?.answer]).toEqual([true, false, false])
    expect(seen[2]?.depth.bids).toEqual([[100, 3]])
    expect(seen[5]?.answer).toMatchObject({ trades: [{ maker: 'b', qty: 3 }] })
  })

  it('cannot cancel or amend what is filled or never rested', () => {
    const before = [sell('a', 100, 2), buy('b', 100, 2), buy('c', 100, 2, { tif: 'IOC' }), market('d', 'buy', 1)]
    const ids = ['a', 'b', 'c', 'd']
    const amends = ids.map((id): Command => ({ amend: [id, { qty: 1 }] }))
    const seen = run([...before, ...ids.map((cancel) => ({ cancel })), ...amends])
    expect(seen.slice(4).map(({ answer }) => answer)).toEqual(Array(8).fill(false))
    expect(seen.at(-1)?.depth).toEqual({ bids: [], asks: [] })
  })

  it('keeps its place when it is made smaller', () => {
    const seen = run([buy('a', 100, 5), buy('b', 100, 5), { amend: ['a', { qty: 2 }] }, sell('s', 100, 3)])
    expect(seen[2]).toMatchObject({ answer: true, depth: { bids: [[100, 7]] } })
    expect(seen[3]?.answer).toMatchObject({ trades: [{ maker: 'a', qty: 2 }, { maker: 'b', qty: 1 }] })
  })

  it('keeps its place when nothing changes', () => {
    for (const change of [{}, { qty: 5 }, { price: 100 }, { qty: 5, price: 100 }]) {
      const seen = run([buy('a', 100, 5), buy('b', 100, 5), { amend: ['a', change] }, sell('s', 100, 1)])
      expect(seen[2]?.answer).toBe(true)
      expect(seen[3]?.answer).toMatchObject({ trades: [{ maker: 'a' }] })
    }
  })

  it('loses its place when it is made larger', () => {
    const seen = run([buy('a', 100, 5), buy('b', 100, 5), { amend: ['a', { qty: 6 }] }, sell('s', 100, 7)])
    expect(seen[2]).toMatchObject({ answer: true, depth: { bids: [[100, 11]] } })
    expect(seen[3]?.answer).toMatchObject({ trades: [{ maker: 'b', qty: 5 }, { maker: 'a', qty: 2 }] })
  })

  it('loses its place when it changes its price, even if it comes back', () => {
    const away: Command[] = [{ amend: ['a', { price: 99 }] }, { amend: ['a', { price: 100, qty: 3 }] }]
    const seen = run([buy('a', 100, 5), buy('b', 100, 5), ...away, sell('s', 100, 6)])
    expect(seen[2]?.depth.bids).toEqual([[100, 5], [99, 5]])
    expect(seen[4]?.answer).toMatchObject({ trades: [{ maker: 'b', qty: 5 }, { maker: 'a', qty: 1 }] })
  })

  it('trades at once when its new price crosses', () => {
    const seen = run([buy('a', 98, 5), sell('b', 100, 3), { amend: ['a', { price: 101 }] }, sell('s', 101, 1)])
    expect(seen[2]).toEqual({ answer: true, best: { bid: 101, ask: null }, depth: { bids: [[101, 2]], asks: [] } })
    expect(seen[3]?.answer).toMatchObject({ trades: [trade(2, 101, 1, 'a', 's')] })
    const filled = run([buy('a', 98, 2), sell('b', 100, 3), { amend: ['a', { price: 100 }] }, { cancel: 'a' }])
    expect(filled.slice(2)).toMatchObject([{ answer: true, depth: { bids: [], asks: [[100, 1]] } }, { answer: false }])
  })

  it('counts the open quantity, not the one it came with', () => {
    const before = [buy('a', 100, 9), sell('s', 100, 5), buy('b', 100, 1)]
    const seen = run([...before, { amend: ['a', { qty: 5 }] }, sell('t', 100, 1)])
    expect(seen[3]?.depth.bids).toEqual([[100, 6]])
    expect(seen[4]?.answer).toMatchObject({ trades: [{ maker: 'b' }] })
  })
})

describe('Refusals', () => {
  it('rejects quantities and prices that are no positive integers', () => {
    const book = new OrderBook()
    for (const bad of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      const answer = book.submit({ id: 'a', user: 'u', side: 'buy', qty: bad, price: 5 })
      expect(answer).toEqual({ status: 'rejected', trades: [], remaining: bad })
      expect(book.submit({ id: 'a', user: 'u', side: 'buy', qty: 5, price: bad }).status).toBe('rejected')
    }
    expect([book.depth(5), book.journal()]).toEqual([{ bids: [], asks: [] }, []])
    expect(book.submit({ id: 'a', user: 'u', side: 'buy', qty: 5, price: 5 }).status).toBe('open')
    for (const bad of [0, -1, 1.5]) {
      expect([book.amend('a', { qty: bad }), book.amend('a', { price: bad })]).toEqual([false, false])
    }
    expect(book.depth(5).bids).toEqual([[5, 5]])
  })

  it('rejects an id that was used before', () => {
    const seen = run([buy('a', 100, 5), sell('a', 100, 5), sell('b', 100, 5), buy('b', 100, 1), buy('a', 100, 1)])
    expect(seen[1]?.answer).toEqual({ status: 'rejected', trades: [], remaining: 5 })
    expect(seen.map(({ answer }) => typeof answer === 'object' && answer.status)).toEqual([
      'open',
      'rejected',
      'filled',
      'rejected',
      'rejected',
    ])
    const gone = [buy('x', 100, 5, { tif: 'FOK' }), buy('x', 100, 5)]
    const killed = run([...gone, buy('y', 1, 1), { cancel: 'y' }, buy('y', 1, 1)])
    expect(killed.map(({ answer }) => typeof answer === 'object' && answer.status)).toEqual([
      'cancelled',
      'rejected',
      'open',
      false,
      'rejected',
    ])
  })
})

describe('Journal', () => {
  it('leads to a book that goes on in the same way', () => {
    const fixed: Command[] = [buy('p', 1, 5), { amend: ['p', { qty: 4 }] }, buy('q', 2, 1, { tif: 'FOK' })]
    const before = [...someCommands(120), ...fixed]
    const after = [buy('q', 1, 1), ...someCommands(160).slice(120)]
    expect(run([...before, ...after], before.length)).toEqual(run([...before, ...after]))
  })

  it('goes on counting trades', () => {
    const commands = [sell('a', 100, 2), buy('x', 100, 1), buy('y', 100, 1), sell('b', 100, 1), buy('z', 100, 1)]
    expect(run(commands, 4)[4]?.answer).toMatchObject({ trades: [trade(3, 100, 1, 'b', 'z')] })
  })

  it('remembers the ids that were used', () => {
    const before = [sell('a', 100, 2), buy('x', 100, 2), buy('k', 5, 1, { tif: 'FOK' })]
    const seen = run([...before, buy('x', 100, 2), buy('k', 5, 1)], 3)
    expect([seen[3]?.answer, seen[4]?.answer]).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }])
  })

  it('holds changes and cancellations too', () => {
    const changes: Command[] = [{ amend: ['a', { qty: 9 }] }, { amend: ['b', { price: 101 }] }, { cancel: 'c' }]
    const before = ['a', 'b', 'c', 'd'].map((id) => buy(id, 100, 5))
    const commands = [...before, ...changes, sell('s', 100, 14)]
    expect(run(commands, 7)[7]).toEqual(run(commands)[7])
  })

  it('has one text for each command that was accepted, and grows with them only', () => {
    const book = new OrderBook()
    const order = { id: 'a', user: 'u', side: 'buy', qty: 5, price: 5 } as const
    const lengths = [
      () => book.submit(order),
      () => book.submit(order),
      () => book.cancel('x'),
      () => book.amend('x', { qty: 1 }),
      () => book.amend('a', { qty: 4 }),
      () => book.amend('a', { qty: 0 }),
      () => book.submit({ ...order, id: 'f', side: 'sell', price: 9, tif: 'FOK' }),
      () => book.cancel('a'),
    ].map((step) => {
      step()
      return book.journal().length
    })
    expect(lengths).toEqual([1, 1, 1, 1, 2, 2, 3, 4])
    expect(book.journal().every((line) => typeof line === 'string')).toBe(true)
  })

  it('is the same after a replay, which leaves the first book alone', () => {
    const book = new OrderBook()
    for (const id of ['a', 'b']) book.submit({ id, user: id, side: 'sell', qty: 2, price: 10 })
    const journal = book.journal()
    const copy = OrderBook.replay(journal)
    expect(copy.journal()).toEqual(journal)
    copy.submit({ id: 'x', user: 'x', side: 'buy', qty: 3, price: 10 })
    expect([book.depth(1).asks, copy.depth(1).asks]).toEqual([[[10, 4]], [[10, 1]]])
    expect([journal.length, book.journal().length, copy.journal().length]).toEqual([2, 2, 3])
    expect(OrderBook.replay(journal.slice(0, 1)).depth(1).asks).toEqual([[10, 2]])
    expect(OrderBook.replay([]).best()).toEqual({ bid: null, ask: null })
  })
})

/**
 * What three commands take in a crowded book (an order leaves from the midst, one comes, one trades), in units of what
 * writing three lines into a map takes. The quickest of many short rounds counts: a moment in which the machine is busy
 * slows some rounds, and never all of them; a look at every order or price slows every one.
 */
function slowdown(solution: Solution, orders: number, prices: number): number {
  const order = (i: number) => {
    return { id: `o${i}`, user: 'u', side: 'sell' as const, qty: 1, price: 100 + ((i * 7919) % prices) }
  }
  const quickest = (use: (i: number) => void): number => {
    let best = Number.POSITIVE_INFINITY
    for (let round = 0; round < 20; round++) {
      const began = performance.now()
      for (let step = 0; step < 10; step++) use(round * 10 + step)
      best = Math.min(best, performance.now() - began)
    }
    return best
  }
  const book = new solution.OrderBook()
  for (let i = 0; i < orders; i++) book.submit(order(i))
  const took = quickest((i) => {
    book.cancel(`o${orders / 2 + i}`)
    book.submit(order(orders + i))
    book.submit({ id: `x${i}`, user: 'v', side: 'buy', qty: 1, price: 1e6 })
  })
  const lines = new Map<string, string>()
  const allowed = quickest((i) => {
    for (const kind of ['a', 'b', 'c']) lines.set(`${kind}${i}`, JSON.stringify(order(i)))
  })
  return took < 0.2 ? 0 : took / allowed
}

describe('Volume', () => {
  it('loses no quantity in thousands of orders', () => {
    const driver = (solution: Solution, count: number, start: number) => {
      const book = new solution.OrderBook()
      let state = start
      const next = (below: number) => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
        return Math.floor((state / 2 ** 32) * below)
      }
      let [open, traded, crossed] = [0, 0, 0]
      for (let i = 0; i < count; i++) {
        const qty = 1 + next(9)
        const side = next(2) === 0 ? 'buy' : 'sell'
        const price = 10_000 + next(1000) + (side === 'buy' ? -400 : 400)
        const { trades, remaining } = book.submit({ id: `o${i}`, user: `u${i}`, side, qty, price })
        const matched = trades.reduce((sum, trade) => sum + trade.qty, 0)
        if (matched + remaining !== qty) return 'a quantity does not add up'
        traded += matched
        open += remaining - matched
        const { bid, ask } = book.best()
        if (bid !== null && ask !== null && bid >= ask) crossed++
      }
      const { bids, asks } = book.depth(1e6)
      const left = [...bids, ...asks].reduce((sum, [, qty]) => sum + qty, 0)
      return { isWhole: left === open, crossed, hasTraded: traded > 0 }
    }
    const result = inGuest(driver, 2_000, random.int(1, 1e9))
    expect(result).toEqual({ isWhole: true, crossed: 0, hasTraded: true })
  })

  it('takes orders out of the midst of a crowded price', () => {
    const driver = (solution: Solution, count: number) => {
      const book = new solution.OrderBook()
      for (let i = 0; i < count; i++) book.submit({ id: `o${i}`, user: 'u', side: 'sell', qty: 2, price: 100 })
      for (let i = 1; i < count; i += 2) book.cancel(`o${i}`)
      for (let i = 0; i < count; i += 4) book.amend(`o${i}`, { qty: 1 })
      const { trades } = book.submit({ id: 'x', user: 'v', side: 'buy', qty: 4, price: 100 })
      return [trades.map(({ maker, qty }) => `${maker}:${qty}`).join(), book.depth(1).asks[0]?.[1]]
    }
    expect(inGuest(driver, 800)).toEqual(['o0:1,o2:2,o4:1', 600 - 4])
  })

  it('is as quick with thousands of prices as with a few', () => {
    expect(inGuest(slowdown, 4_000, 2_000)).toBeLessThan(25)
  })

  it('is as quick with thousands of orders at a price as with a few', () => {
    expect(inGuest(slowdown, 4_000, 1)).toBeLessThan(25)
  })
})
