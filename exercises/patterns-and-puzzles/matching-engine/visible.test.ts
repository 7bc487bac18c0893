import { describe, expect, it } from 'vitest'
import { OrderBook } from './solution'

function book(...sells: Array<[id: string, price: number, qty: number]>): OrderBook {
  const orders = new OrderBook()
  for (const [id, price, qty] of sells) orders.submit({ id, user: `owner of ${id}`, side: 'sell', qty, price })
  return orders
}

describe('OrderBook', () => {
  it('trades at the price of the order in the book, the best first', () => {
    const orders = book(['a', 102, 4], ['b', 101, 5])
    expect(orders.submit({ id: 'x', user: 'eve', side: 'buy', qty: 7, price: 102 })).toEqual({
      status: 'filled',
      trades: [
        { seq: 1, price: 101, qty: 5, maker: 'b', taker: 'x' },
        { seq: 2, price: 102, qty: 2, maker: 'a', taker: 'x' },
      ],
      remaining: 0,
    })
    expect(orders.best()).toEqual({ bid: null, ask: 102 })
  })

  it('keeps the rest of a limit order', () => {
    const orders = book(['a', 100, 3])
    const { status, remaining } = orders.submit({ id: 'x', user: 'eve', side: 'buy', qty: 8, price: 100 })
    expect([status, remaining]).toEqual(['partial', 5])
    expect(orders.depth(5)).toEqual({ bids: [[100, 5]], asks: [] })
  })

  it('fills completely or not at all if that is asked for', () => {
    const orders = book(['a', 100, 3])
    const order = { id: 'x', user: 'eve', side: 'buy', qty: 8, price: 100, tif: 'FOK' } as const
    expect(orders.submit(order)).toEqual({ status: 'cancelled', trades: [], remaining: 8 })
    expect(orders.depth(5)).toEqual({ bids: [], asks: [[100, 3]] })
  })

  it('cancels and amends', () => {
    const orders = book(['a', 100, 3], ['b', 100, 3])
    expect([orders.amend('a', { qty: 2 }), orders.cancel('b'), orders.cancel('b')]).toEqual([true, true, false])
    expect(orders.depth(5).asks).toEqual([[100, 2]])
  })

  it('can be built again from its journal', () => {
    const orders = book(['a', 100, 3], ['b', 99, 3])
    orders.cancel('b')
    expect(OrderBook.replay(orders.journal()).depth(5)).toEqual(orders.depth(5))
  })
})
