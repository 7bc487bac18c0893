import { BOARD_PAGE, type BoardView } from '@/lib/contract/leaderboard'

/** The last position on a board that the viewer may see; 0 while nobody is on it. */
export function lastPosition({ people, top }: Pick<BoardView, 'people' | 'top'>): number {
  return top === null ? people : Math.min(people, top)
}

/** Where a page begins that has this position in its middle. */
export function pageAround(position: number): number {
  return Math.max(1, position - Math.floor(BOARD_PAGE / 2))
}

/** Where a page begins that ends with the last position. */
export function lastPage(view: Pick<BoardView, 'people' | 'top'>): number {
  return Math.max(1, lastPosition(view) - BOARD_PAGE + 1)
}

/** Where the page begins that is the nearest to a rank, of those that the viewer may see. */
export function pageNear(view: Pick<BoardView, 'people' | 'top'>, rank: number): number {
  return pageAround(Math.max(1, Math.min(rank, lastPosition(view))))
}
