import { describe, expect, it } from 'vitest'
import { lastPage, lastPosition, pageNear } from '@/app/_leaderboard/last-position'

const board = (people: number, top: number | null = null) => ({ people, top })

describe('the pages of a leaderboard', () => {
  it.each([
    [board(0), 0, 1],
    [board(167), 167, 118],
    [board(167, 10), 10, 1],
    [board(4, 10), 4, 1],
  ])('of %j end with the position %d, on a page from %d', (view, position, page) => {
    expect([lastPosition(view), lastPage(view)]).toEqual([position, page])
  })

  it.each([
    ['in its middle', board(167), 72, 47],
    ['at the top of the first one', board(167), 3, 1],
    ['among the last for somebody who would come after all', board(167), 168, 142],
    ['among those that students see, where they see the first ones only', board(167, 10), 72, 1],
    ['on the first one while nobody is there', board(0), 1, 1],
  ])('show a rank %s', (_, view, rank, page) => expect(pageNear(view, rank)).toBe(page))
})
