'use client'

import { useTranslations } from 'next-intl'
import type { PlacedError } from '@/lib/runner/results'
import { Diff } from '../../../_ui/diff'
import { PlaceButton } from './go-to'

/** Frames beyond this many say nothing new to the person who wrote the code. */
const MAX_PLACES = 6

/** What went wrong: the message, the difference of what was expected and received, and where it happened. */
export function ErrorView({ error }: { error: PlacedError }) {
  const t = useTranslations('workspace.results')
  const isAssertion = error.name === 'AssertionError'
  const [first, ...rest] = error.places.slice(0, MAX_PLACES)
  return (
    <div className="flex flex-col gap-2">
      <p className="font-mono text-small break-words whitespace-pre-wrap text-ink">
        {!isAssertion && <span className="font-semibold">{error.name}: </span>}
        {error.message}
      </p>
      {error.diff !== null && <Diff text={error.diff} />}
      {first && (
        <p className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
          <PlaceButton place={first} />
          {rest.length > 0 && (
            <span className="sr-only">{t('stack')}</span>
          )}
          {rest.map((place, index) => (
            <span key={index} className="flex items-baseline gap-x-2">
              <span aria-hidden className="text-small text-ink-faint">
                ←
              </span>
              <PlaceButton place={place} />
            </span>
          ))}
        </p>
      )}
    </div>
  )
}
