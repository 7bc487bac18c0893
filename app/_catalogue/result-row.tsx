import { useLocale, useTranslations } from 'next-intl'
import { memo } from 'react'
import { LANGUAGE_TAGS } from '../_i18n/locale'
import type { CatalogueEntry } from './entry'
import { ExerciseRow } from './exercise-row'
import { Marked } from './marked'
import type { Hit, Searchable } from './search/create-search'
import { whereFound } from './search/where'

/** An exercise that a search found, with what was found marked, and a piece of the prompt when it was found there. */
export const ResultRow = memo(function ResultRow({ entry, hit, searchable, signedIn }: {
  entry: CatalogueEntry
  hit: Hit
  searchable: Searchable
  signedIn: boolean
}) {
  const t = useTranslations('catalogue.found')
  const locale = useLocale()
  const { terms, tags, otherTitle, otherTopic, snippet } = whereFound(hit, searchable, locale)
  return (
    <ExerciseRow
      {...entry}
      title={<Marked text={entry.title[locale]} terms={terms} />}
      state={signedIn ? entry.state : null}
      context={
        <>
          {otherTitle && (
            <span lang={LANGUAGE_TAGS[otherTitle.locale]} className="block text-ink-soft">
              <Marked text={otherTitle.text} terms={terms} />
            </span>
          )}
          <Marked text={searchable.topicTitle[locale]} terms={terms} />
          {otherTopic && (
            <>
              {' · '}
              <span lang={LANGUAGE_TAGS[otherTopic.locale]}>
                <Marked text={otherTopic.text} terms={terms} />
              </span>
            </>
          )}
          {tags.length > 0 && (
            <>
              {' · '}
              <span className="sr-only">{t('tags')} </span>
              {tags.map((tag) => (
                <span key={tag} className="mr-2">
                  #<Marked text={tag} terms={terms} />
                </span>
              ))}
            </>
          )}
          {snippet && (
            <span className="mt-0.5 line-clamp-2 max-w-[46rem] text-ink-soft">
              <span className="sr-only">{t('prompt')} </span>
              <span lang={snippet.locale === locale ? undefined : LANGUAGE_TAGS[snippet.locale]}>
                <Marked text={snippet.text} terms={terms} />
              </span>
            </span>
          )}
        </>
      }
    />
  )
})
