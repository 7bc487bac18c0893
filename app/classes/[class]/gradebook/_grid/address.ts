import { FIRST_VIEW, type GridView, PICKS } from './model'

/** How the gradebook is looked at, from the query of its address. What is not understood is left out. */
export function viewFromQuery(query: Record<string, string | undefined>): GridView {
  const pick = PICKS.find((each) => each === query.state) ?? ''
  return {
    sort: query.sort ?? FIRST_VIEW.sort,
    descending: query.order === 'down',
    text: query.q ?? '',
    section: query.section ?? '',
    pick,
    set: query.set ?? '',
  }
}

/** The query for a view, with its question mark; empty for the first view. */
export function queryOfView({ sort, descending, text, section, pick, set }: GridView): string {
  const parts = {
    q: text, section, state: pick, set, sort: sort === FIRST_VIEW.sort ? '' : sort, order: descending ? 'down' : '',
  }
  const query = new URLSearchParams(Object.entries(parts).filter(([, value]) => value !== ''))
  return query.size === 0 ? '' : `?${query}`
}
