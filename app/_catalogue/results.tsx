import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '../_ui/button'
import type { Found } from './find'
import { ResultRow } from './result-row'
import type { Searchable } from './search/create-search'

/** As many results as a screen shows. The rest is drawn when asked for, so that no letter waits for it. */
const FIRST = 15

/** What a search found, the best first. */
export function Results({ query, found, searchables, signedIn }: {
  query: string
  found: readonly Found[]
  searchables: ReadonlyMap<string, Searchable>
  signedIn: boolean
}) {
  const t = useTranslations('catalogue')
  const [wholeOf, setWholeOf] = useState('')
  const shown = wholeOf === query ? found : found.slice(0, FIRST)
  return (
    <div className="border-t border-line pt-2">
      <ul>
        {shown.map(({ entry, hit }) => {
          const searchable = searchables.get(entry.slug)
          return searchable && (
            <li key={entry.slug}>
              <ResultRow entry={entry} hit={hit} searchable={searchable} signedIn={signedIn} />
            </li>
          )
        })}
      </ul>
      {shown.length < found.length && (
        <Button data-row onClick={() => setWholeOf(query)} className="mt-3">
          {t('more', { count: found.length - shown.length })}
        </Button>
      )}
    </div>
  )
}
