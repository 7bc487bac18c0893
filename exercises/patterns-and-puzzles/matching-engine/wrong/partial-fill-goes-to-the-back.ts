export type Side = 'buy' | 'sell'

/** An order as it comes in; without a price it is a market order. */
export interface OrderReq {
  id: string
  user: string
  side: Side
  qty: number
  price?: number
  tif?: 'GTC' | 'IOC' | 'FOK'
}

/** `maker` was in the book, `taker` came in; both are ids of orders. */
export interface Trade {
  seq: number
  price: number
  qty: number
  maker: string
  taker: string
}

export type OrderStatus = 'open' | 'filled' | 'partial' | 'cancelled' | 'rejected'

type Result = { status: OrderStatus; trades: Trade[]; remaining: number }
type Change = { qty?: number; price?: number }

/** What the journal holds: everything that changed the book, and nothing else. */
type Command =
  | { type: 'submit'; order: OrderReq }
  | { type: 'cancel'; id: string }
  | { type: 'amend'; id: string; change: Change }

/** An order in the book, a link in the list of its price. */
interface Resting {
  readonly id: string
  readonly user: string
  readonly side: Side
  qty: number
  level: Level
  earlier: Resting | null
  later: Resting | null
}

/** All orders of one side at one price, the earliest first; their list allows removal from the middle. */
interface Level {
  readonly price: number
  qty: number
  first: Resting | null
  last: Resting | null
}

/** One side of the book. */
class Ladder {
  /** 1 where the best price is the highest, on the side of the buyers; -1 where it is the lowest. */
  readonly #sign: number
  /** The best is at the end, where most comes and goes. */
  readonly #levels: Level[] = []

  constructor(side: Side) {
    this.#sign = side === 'buy' ? 1 : -1
  }

  get best(): Level | undefined {
    return this.#levels.at(-1)
  }

  /** From the best level on, those at which somebody with this limit would trade. */
  *within(limit: number | undefined): Generator<Level> {
    for (let i = this.#levels.length - 1; i >= 0; i--) {
      const level = this.#levels[i]
      if (level === undefined || !this.crosses(level, limit)) return
      yield level
    }
  }

  crosses(level: Level, limit: number | undefined): boolean {
    return limit === undefined || this.#sign * (level.price - limit) >= 0
  }

  append(price: number, order: Omit<Resting, 'level' | 'earlier' | 'later'>): Resting {
    const level = this.#levelAt(price)
    const resting: Resting = { ...order, level, earlier: level.last, later: null }
    if (level.last === null) level.first = resting
    else level.last.later = resting
    level.last = resting
    level.qty += order.qty
    return resting
  }

  remove({ level, qty, earlier, later }: Resting): void {
    if (earlier === null) level.first = later
    else earlier.later = later
    if (later === null) level.last = earlier
    else later.earlier = earlier
    level.qty -= qty
    if (level.first === null) this.#levels.splice(this.#indexOf(level.price), 1)
  }

  #levelAt(price: number): Level {
    const index = this.#indexOf(price)
    const found = this.#levels[index]
    if (found?.price === price) return found
    const level: Level = { price, qty: 0, first: null, last: null }
    this.#levels.splice(index, 0, level)
    return level
  }

  /** Where the level of a price is or belongs, by binary search. */
  #indexOf(price: number): number {
    let [low, high] = [0, this.#levels.length]
    while (low < high) {
      const middle = (low + high) >> 1
      const level = this.#levels[middle]
      if (level !== undefined && this.#sign * (level.price - price) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** An order on its way through the opposite side. */
interface Incoming {
  readonly id: string
  readonly user: string
  readonly side: Side
  readonly price: number | undefined
  qty: number
}

/**
 * Matches by price, then time. It is deterministic, with no clock, no randomness and integers only, so that its journal
 * is enough to build it again.
 */
export class OrderBook {
  readonly #ladders = { buy: new Ladder('buy'), sell: new Ladder('sell') }
  readonly #resting = new Map<string, Resting>()
  readonly #usedIds = new Set<string>()
  readonly #journal: string[] = []
  #lastSeq = 0

  static replay(journal: readonly string[]): OrderBook {
    const book = new OrderBook()
    for (const line of journal) {
      const command = JSON.parse(line) as Command
      if (command.type === 'submit') book.submit(command.order)
      else if (command.type === 'cancel') book.cancel(command.id)
      else book.amend(command.id, command.change)
    }
    return book
  }

  submit(o: OrderReq): Result {
    const { id, user, side, qty, price, tif = 'GTC' } = o
    const isValid = isQuantity(qty) && (price === undefined || isQuantity(price))
    if (!isValid || this.#usedIds.has(id)) return { status: 'rejected', trades: [], remaining: qty }
    this.#write({ type: 'submit', order: { id, user, side, qty, price, tif } })
    this.#usedIds.add(id)
    const incoming: Incoming = { id, user, side, price, qty }
    if (tif === 'FOK' && !this.#canFill(incoming)) return { status: 'cancelled', trades: [], remaining: qty }
    const trades = this.#match(incoming)
    const isResting = tif === 'GTC' && this.#rest(incoming)
    return { status: statusOf(incoming, trades, isResting), trades, remaining: incoming.qty }
  }

  cancel(id: string): boolean {
    const order = this.#resting.get(id)
    if (order === undefined) return false
    this.#write({ type: 'cancel', id })
    this.#remove(order)
    return true
  }

  amend(id: string, change: Change): boolean {
    const order = this.#resting.get(id)
    if (order === undefined) return false
    const { qty = order.qty, price = order.level.price } = change
    if (!isQuantity(qty) || !isQuantity(price)) return false
    this.#write({ type: 'amend', id, change: { qty, price } })
    if (price === order.level.price && qty <= order.qty) {
      reduce(order, order.qty - qty)
      return true
    }
    // Anything else would be unfair to those who wait: the order queues up again, and may meet the other side.
    this.#remove(order)
    const { user, side } = order
    const incoming: Incoming = { id, user, side, price, qty }
    this.#match(incoming)
    this.#rest(incoming)
    return true
  }

  best(): { bid: number | null; ask: number | null } {
    return { bid: this.#ladders.buy.best?.price ?? null, ask: this.#ladders.sell.best?.price ?? null }
  }

  depth(levels: number): { bids: Array<[price: number, qty: number]>; asks: Array<[price: number, qty: number]> } {
    return { bids: topOf(this.#ladders.buy, levels), asks: topOf(this.#ladders.sell, levels) }
  }

  journal(): readonly string[] {
    return [...this.#journal]
  }

  /** Trades with the other side as long as there is anything to trade, and lowers the quantity of the order. */
  #match(incoming: Incoming): Trade[] {
    const trades: Trade[] = []
    const others = this.#ladders[opposite(incoming.side)]
    while (incoming.qty > 0) {
      const level = others.best
      const maker = level?.first
      if (!level || !maker || !others.crosses(level, incoming.price)) break
      if (maker.user === incoming.user) {
        this.#remove(maker)
        continue
      }
      const qty = Math.min(maker.qty, incoming.qty)
      trades.push({ seq: ++this.#lastSeq, price: level.price, qty, maker: maker.id, taker: incoming.id })
      incoming.qty -= qty
      if (qty === maker.qty) this.#remove(maker)
      else {
        const { id, user, side } = maker
        const left = maker.qty - qty
        others.remove(maker)
        this.#resting.set(id, others.append(level.price, { id, user, side, qty: left }))
      }
    }
    return trades
  }

  /** Whether the other side holds enough of other users within the limit. */
  #canFill({ user, side, price, qty }: Incoming): boolean {
    let missing = qty
    for (const level of this.#ladders[opposite(side)].within(price)) {
      for (let order = level.first; order !== null; order = order.later) {
        if (order.user !== user) missing -= order.qty
        if (missing <= 0) return true
      }
    }
    return false
  }

  /** Puts what is left into the book; a market order has no price to wait at. */
  #rest({ id, user, side, price, qty }: Incoming): boolean {
    if (qty === 0 || price === undefined) return false
    this.#resting.set(id, this.#ladders[side].append(price, { id, user, side, qty }))
    return true
  }

  #remove(order: Resting): void {
    this.#ladders[order.side].remove(order)
    this.#resting.delete(order.id)
  }

  /** Written before it is done, as one would to a disk. */
  #write(command: Command): void {
    this.#journal.push(JSON.stringify(command))
  }
}

function statusOf({ qty }: Incoming, trades: readonly Trade[], isResting: boolean): OrderStatus {
  if (qty === 0) return 'filled'
  if (trades.length > 0) return 'partial'
  return isResting ? 'open' : 'cancelled'
}

function topOf(ladder: Ladder, count: number): Array<[price: number, qty: number]> {
  const top: Array<[price: number, qty: number]> = []
  for (const { price, qty } of ladder.within(undefined)) {
    if (top.length >= count) break
    top.push([price, qty])
  }
  return top
}

/** Takes away from an order that stays where it is. */
function reduce(order: Resting, qty: number): void {
  order.qty -= qty
  order.level.qty -= qty
}

function opposite(side: Side): Side {
  return side === 'buy' ? 'sell' : 'buy'
}

function isQuantity(n: number): boolean {
  return Number.isSafeInteger(n) && n > 0
}
