import { markTerms } from './search/marks'

/** A text in which what was searched for is marked. */
export function Marked({ text, terms }: { text: string; terms: ReadonlySet<string> }) {
  return markTerms(text, terms).map(({ text: piece, marked }, index) => {
    return marked ? (
      <mark key={index} className="rounded-sm bg-accent-soft text-inherit">
        {piece}
      </mark>
    ) : (
      piece
    )
  })
}
