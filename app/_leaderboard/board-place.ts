import type { BoardSpan } from '@/lib/contract/leaderboard'

/** Which board a page shows. It is what the address of the page says, so that every board has a link. */
export interface BoardPlace {
  /** Of the page: `/leaderboard`, or `/classes/<id>/leaderboard`. */
  path: string
  /** What narrows the board down, at most one of them. */
  scope: { topic?: string; section?: string; set?: string }
  span: BoardSpan
  /** A day of the month or week; none for the present one. */
  day?: string
}

/** Address of a board. @param from position of the first row, from 1 */
export function boardHref(place: BoardPlace, from = 1): string {
  return withQuery(place.path, { ...queryOf(place), ...(from > 1 && { from: String(from) }) })
}

/** Address of what one row of a board rests on. */
export function rowHref(place: BoardPlace, id: string): string {
  return withQuery(`${place.path}/${id}`, queryOf(place))
}

/** Address of the board's events. */
export function eventsUrl(place: BoardPlace, from: number): string {
  return withQuery(`/api${place.path}/events`, { ...queryOf(place), ...(from > 1 && { from: String(from) }) })
}

/** What an address says of a board, without what goes without saying. */
export function queryOf({ scope, span, day }: BoardPlace): Record<string, string> {
  const all = { ...scope, ...(span !== 'all' && { span, day }) }
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined))
}

function withQuery(path: string, query: Record<string, string>): string {
  const text = new URLSearchParams(query).toString()
  return text === '' ? path : `${path}?${text}`
}
