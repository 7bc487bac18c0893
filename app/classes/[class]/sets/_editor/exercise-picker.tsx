'use client'

import { Check, Plus, Search } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { useDeferredValue, useMemo, useState } from 'react'
import type { CatalogueEntry, CatalogueTopic } from '../../../../_catalogue/entry'
import { findByWords } from '../../../../_catalogue/find'
import { useSearch } from '../../../../_catalogue/use-search'
import { Button } from '../../../../_ui/button'
import { Dialog } from '../../../../_ui/dialog'
import { DifficultyBadge } from '../../../../_ui/difficulty-badge'
import { Input } from '../../../../_ui/field'

interface PickerProps {
  topics: CatalogueTopic[]
  entries: CatalogueEntry[]
  promptsVersion: string
  chosen: ReadonlySet<string>
  onAdd: (entry: CatalogueEntry) => void
}

/** Adds exercises, found with the catalogue's own search. It stays open, as sets have several. */
export function ExercisePicker(props: PickerProps) {
  const t = useTranslations('sets.editor')
  return (
    <Dialog
      trigger={
        <Button>
          <Plus aria-hidden />
          {t('add')}
        </Button>
      }
      title={t('pickerTitle')}
    >
      <PickerList {...props} />
    </Dialog>
  )
}

function PickerList({ topics, entries, promptsVersion, chosen, onAdd }: PickerProps) {
  const t = useTranslations('sets.editor')
  const locale = useLocale()
  const [words, setWords] = useState('')
  const asked = useDeferredValue(words)
  const { search } = useSearch(entries, topics, promptsVersion)
  const found = useMemo(() => {
    return findByWords(entries, asked, search)?.map(({ entry }) => entry) ?? entries
  }, [entries, asked, search])
  const topicOf = useMemo(() => new Map(topics.map(({ slug, title }) => [slug, title[locale]])), [topics, locale])
  const first = found.find(({ slug }) => !chosen.has(slug))
  return (
    <div className="flex flex-col gap-3">
      <div className="relative">
        <Search aria-hidden className="pointer-events-none absolute top-3 left-3.5 size-4 text-ink-faint" />
        <Input
          type="search" aria-label={t('search')} placeholder={t('search')} autoComplete="off"
          value={words} maxLength={200}
          onChange={(event) => setWords(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
            event.preventDefault()
            if (first && words.trim() !== '') onAdd(first)
          }}
          className="pl-10 [&::-webkit-search-cancel-button]:hidden"
        />
      </div>
      <p className="sr-only" role="status">{t('found', { count: found.length })}</p>
      <ul className="h-80 overflow-y-auto border-y border-line">
        {found.map((entry) => {
          const isIn = chosen.has(entry.slug)
          return (
            <li key={entry.slug} className="flex items-center gap-3 border-b border-line py-2 pr-1 last:border-b-0">
              <div className="min-w-0 flex-1">
                <p className="text-ui font-medium break-words">{entry.title[locale]}</p>
                <p className="flex flex-wrap gap-x-3 text-small text-ink-soft">
                  <span>{topicOf.get(entry.topic)}</span>
                  <DifficultyBadge difficulty={entry.difficulty} />
                </p>
              </div>
              <Button
                size="small" aria-disabled={isIn} onClick={() => !isIn && onAdd(entry)}
                aria-label={t(isIn ? 'isIn' : 'addOne', { title: entry.title[locale] })}
              >
                {isIn ? <Check aria-hidden /> : <Plus aria-hidden />}
                {t(isIn ? 'inSet' : 'addShort')}
              </Button>
            </li>
          )
        })}
        {found.length === 0 && <li className="py-6 text-center text-ui text-ink-soft">{t('nothingFound')}</li>}
      </ul>
    </div>
  )
}
