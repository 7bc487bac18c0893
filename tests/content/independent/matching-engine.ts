/** Each side is an array of price levels, the best one last; a level is a linked line of orders with an exact total. */
export type Side = 'buy' | 'sell'

export interface OrderReq {
  id: string
  user: string
  side: Side
  qty: number
  price?: number
  tif?: 'GTC' | 'IOC' | 'FOK'
}

export interface Trade {
  seq: number
  price: number
  qty: number
  maker: string
  taker: string
}

export type OrderStatus = 'open' | 'filled' | 'partial' | 'cancelled' | 'rejected'

/** An order in the book. */
interface Resting {
  readonly id: string
  readonly user: string
  readonly side: Side
  open: number
  readonly level: Level
  ahead: Resting | null
  behind: Resting | null
}

/** An order that comes in; the limit is null for a market order. */
interface Incoming {
  readonly id: string
  readonly user: string
  readonly side: Side
  readonly limit: number | null
  left: number
}

/** The orders at one price, the oldest first. */
class Level {
  readonly price: number
  first: Resting | null = null
  private last: Resting | null = null
  /** May be beyond what a number holds exactly. */
  private total = 0n

  constructor(price: number) {
    this.price = price
  }

  get quantity(): number {
    return Number(this.total)
  }

  append({ id, user, side }: Incoming, open: number): Resting {
    const order: Resting = { id, user, side, open, level: this, ahead: this.last, behind: null }
    if (this.last === null) this.first = order
    else this.last.behind = order
    this.last = order
    this.total += BigInt(open)
    return order
  }

  reduce(order: Resting, by: number): void {
    order.open -= by
    this.total -= BigInt(by)
  }

  remove(order: Resting): void {
    if (order.ahead === null) this.first = order.behind
    else order.ahead.behind = order.behind
    if (order.behind === null) this.last = order.ahead
    else order.behind.ahead = order.ahead
    this.total -= BigInt(order.open)
  }
}

/** One side of the book. */
class Levels {
  /** 1 if high prices are the better ones, -1 if low ones are. */
  private readonly direction: 1 | -1
  private readonly levels: Level[] = []

  constructor(side: Side) {
    this.direction = side === 'buy' ? 1 : -1
  }

  get best(): Level | null {
    return this.levels.at(-1) ?? null
  }

  *fromBest(): Generator<Level> {
    for (let i = this.levels.length - 1; i >= 0; i--) {
      const level = this.levels[i]
      if (level !== undefined) yield level
    }
  }

  /** The level of this price, made if need be. */
  at(price: number): Level {
    const index = this.indexOf(price)
    const found = this.levels[index]
    if (found?.price === price) return found
    const level = new Level(price)
    this.levels.splice(index, 0, level)
    return level
  }

  drop(level: Level): void {
    this.levels.splice(this.indexOf(level.price), 1)
  }

  /** Where the price is or would be. */
  private indexOf(price: number): number {
    let low = 0
    let high = this.levels.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const there = this.levels[middle]?.price ?? 0
      if ((there - price) * this.direction < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}

const isAmount = (n: number) => Number.isSafeInteger(n) && n >= 1

function crosses({ side, limit }: Incoming, price: number): boolean {
  if (limit === null) return true
  return side === 'buy' ? price <= limit : price >= limit
}

type Command =
  | { do: 'submit'; order: OrderReq }
  | { do: 'cancel'; id: string }
  | { do: 'amend'; id: string; change: { qty?: number; price?: number } }

export class OrderBook {
  private readonly sides: Readonly<Record<Side, Levels>> = { buy: new Levels('buy'), sell: new Levels('sell') }
  private readonly resting = new Map<string, Resting>()
  private readonly usedIds = new Set<string>()
  private readonly log: string[] = []
  private lastSeq = 0

  static replay(journal: readonly string[]): OrderBook {
    const book = new OrderBook()
    for (const line of journal) {
      const command = JSON.parse(line) as Command
      if (command.do === 'submit') book.submit(command.order)
      else if (command.do === 'cancel') book.cancel(command.id)
      else book.amend(command.id, command.change)
    }
    return book
  }

  submit(o: OrderReq): { status: OrderStatus; trades: Trade[]; remaining: number } {
    const { id, user, side, qty, price, tif = 'GTC' } = o
    if (!isAmount(qty) || (price !== undefined && !isAmount(price)) || this.usedIds.has(id)) {
      return { status: 'rejected', trades: [], remaining: qty }
    }
    this.usedIds.add(id)
    this.record({ do: 'submit', order: { id, user, side, qty, price, tif } })
    const order: Incoming = { id, user, side, limit: price ?? null, left: qty }
    if (tif === 'FOK' && !this.canFill(order)) return { status: 'cancelled', trades: [], remaining: qty }
    const trades = this.match(order)
    const stays = order.left > 0 && price !== undefined && tif === 'GTC'
    if (stays) this.rest(order, price)
    let status: OrderStatus = stays ? 'open' : 'cancelled'
    if (order.left === 0) status = 'filled'
    else if (trades.length > 0) status = 'partial'
    return { status, trades, remaining: order.left }
  }

  cancel(id: string): boolean {
    const order = this.resting.get(id)
    if (order === undefined) return false
    this.takeOut(order)
    this.record({ do: 'cancel', id })
    return true
  }

  amend(id: string, change: { qty?: number; price?: number }): boolean {
    const order = this.resting.get(id)
    if (order === undefined) return false
    const { user, side, open, level } = order
    const { qty = open, price = level.price } = change
    if (!isAmount(qty) || !isAmount(price)) return false
    this.record({ do: 'amend', id, change: { qty: change.qty, price: change.price } })
    if (price === level.price && qty <= open) {
      level.reduce(order, open - qty)
      return true
    }
    this.takeOut(order)
    const again: Incoming = { id, user, side, limit: price, left: qty }
    this.match(again)
    if (again.left > 0) this.rest(again, price)
    return true
  }

  best(): { bid: number | null; ask: number | null } {
    return { bid: this.sides.buy.best?.price ?? null, ask: this.sides.sell.best?.price ?? null }
  }

  depth(levels: number): { bids: Array<[price: number, qty: number]>; asks: Array<[price: number, qty: number]> } {
    const list = (side: Side) => {
      const listed: Array<[price: number, qty: number]> = []
      for (const { price, quantity } of this.sides[side].fromBest()) {
        if (listed.length >= levels) break
        listed.push([price, quantity])
      }
      return listed
    }
    return { bids: list('buy'), asks: list('sell') }
  }

  journal(): readonly string[] {
    return [...this.log]
  }

  private record(command: Command): void {
    this.log.push(JSON.stringify(command))
  }

  private opposite({ side }: Incoming): Levels {
    return this.sides[side === 'buy' ? 'sell' : 'buy']
  }

  /** Whether the whole quantity can be traded at once with others. */
  private canFill(order: Incoming): boolean {
    let missing = order.left
    for (const level of this.opposite(order).fromBest()) {
      if (!crosses(order, level.price)) return false
      for (let maker = level.first; maker !== null; maker = maker.behind) {
        if (maker.user === order.user) continue
        if (maker.open >= missing) return true
        missing -= maker.open
      }
    }
    return false
  }

  private match(order: Incoming): Trade[] {
    const trades: Trade[] = []
    const levels = this.opposite(order)
    while (order.left > 0) {
      const level = levels.best
      const maker = level?.first
      if (!level || !maker || !crosses(order, level.price)) break
      if (maker.user === order.user) {
        this.takeOut(maker)
        continue
      }
      const qty = Math.min(order.left, maker.open)
      trades.push({ seq: ++this.lastSeq, price: level.price, qty, maker: maker.id, taker: order.id })
      order.left -= qty
      level.reduce(maker, qty)
      if (maker.open === 0) this.takeOut(maker)
    }
    return trades
  }

  private rest(order: Incoming, price: number): void {
    this.resting.set(order.id, this.sides[order.side].at(price).append(order, order.left))
  }

  private takeOut(order: Resting): void {
    const { id, side, level } = order
    this.resting.delete(id)
    level.remove(order)
    if (level.first === null) this.sides[side].drop(level)
  }
}
