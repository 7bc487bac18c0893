'use client'

import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { DIFFICULTIES } from '@/lib/contract/exercise'
import { DifficultyBars } from '../_ui/difficulty-badge'
import { StateSign } from '../_ui/state-mark'
import type { CatalogueEntry, CatalogueTopic } from './entry'
import { countValues, type Facet, type Filters, STATES, toggleValue } from './filters'
import { ValueChip } from './value-chip'
import { ValueMenu } from './value-menu'

/**
 * Search and filters, each value with the number of exercises that it would show. A form, so that Enter works before
 * the page's script does.
 *
 * @param found what the search words leave
 */
export function FilterBar({ filters, topics, tags, found, signedIn, onChange, children }: {
  filters: Filters
  topics: readonly CatalogueTopic[]
  tags: readonly string[]
  found: readonly CatalogueEntry[]
  signedIn: boolean
  onChange: (filters: Filters) => void
  /** The search field. */
  children: ReactNode
}) {
  const t = useTranslations('catalogue.filters')
  const common = useTranslations('common')
  const locale = useLocale()
  const of = (facet: Facet) => ({
    chosen: filters[facet],
    counts: countValues(found, filters, facet),
    onToggle: (value: string) => onChange(toggleValue(filters, facet, value)),
  })

  const difficulty = of('difficulty')
  const state = of('state')
  return (
    <form role="search" action="/exercises" onSubmit={(event) => event.preventDefault()}>
      <div className="flex flex-wrap gap-2">
        <div className="flex basis-full sm:min-w-72 sm:flex-1 sm:basis-0">{children}</div>
        <ValueMenu
          {...of('topic')}
          label={t('topic')}
          values={topics.map((topic) => ({ value: topic.slug, label: topic.title[locale] }))}
        />
        <ValueMenu {...of('tag')} label={t('tag')} values={tags.map((tag) => ({ value: tag, label: tag }))} />
      </div>
      <div className="mt-3 flex flex-wrap gap-x-6 gap-y-2">
        <Chips label={t('difficulty')}>
          {DIFFICULTIES.map((each) => (
            <ValueChip
              key={each}
              name="difficulty"
              value={each}
              label={common(`difficulty.${each}`)}
              sign={<DifficultyBars difficulty={each} />}
              count={difficulty.counts.get(each) ?? 0}
              checked={difficulty.chosen.includes(each)}
              onToggle={() => difficulty.onToggle(each)}
            />
          ))}
        </Chips>
        {signedIn && (
          <Chips label={t('state')}>
            {STATES.map((each) => (
              <ValueChip
                key={each}
                name="state"
                value={each}
                label={common(`state.${each}`)}
                sign={<StateSign state={each} />}
                count={state.counts.get(each) ?? 0}
                checked={state.chosen.includes(each)}
                onToggle={() => state.onToggle(each)}
              />
            ))}
          </Chips>
        )}
      </div>
    </form>
  )
}

function Chips({ label, children }: { label: string; children: ReactNode }) {
  return (
    <fieldset className="flex flex-wrap gap-2">
      <legend className="sr-only">{label}</legend>
      {children}
    </fieldset>
  )
}
