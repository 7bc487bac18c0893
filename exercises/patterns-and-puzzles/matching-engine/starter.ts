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

/** Matches by price, then time. */
export class OrderBook {
  /** The book that a journal leads to. */
  static replay(journal: readonly string[]): OrderBook {
    throw new Error('not implemented')
  }

  submit(o: OrderReq): { status: OrderStatus; trades: Trade[]; remaining: number } {
    throw new Error('not implemented')
  }

  /** Whether there was such an order to be taken out of the book. */
  cancel(id: string): boolean {
    throw new Error('not implemented')
  }

  /** Changes the open quantity or the price of an order in the book. */
  amend(id: string, change: { qty?: number; price?: number }): boolean {
    throw new Error('not implemented')
  }

  best(): { bid: number | null; ask: number | null } {
    throw new Error('not implemented')
  }

  /** The best prices of both sides with their open quantities. */
  depth(levels: number): { bids: Array<[price: number, qty: number]>; asks: Array<[price: number, qty: number]> } {
    throw new Error('not implemented')
  }

  /** One text for each command that changed the book. */
  journal(): readonly string[] {
    throw new Error('not implemented')
  }
}
