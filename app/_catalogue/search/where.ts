import { LOCALES, type Locale, type Localized } from '@/lib/contract/localized'
import type { Hit, Searchable } from './create-search'
import { snippetOf } from './snippet'
import { holdsAny } from './tokens'

/** Where an exercise answers a query, for a row that shows its title and its topic. */
export interface Where {
  /** What is to be marked, wherever it is shown. */
  terms: ReadonlySet<string>
  /** The tags that were found. */
  tags: readonly string[]
  /** The title in the other language, when that one answers what the shown texts do not. */
  otherTitle: { text: string; locale: Locale } | null
  /** The same of the topic's title. */
  otherTopic: { text: string; locale: Locale } | null
  /** A part of the prompt, for what title, topic and tags do not answer. */
  snippet: { text: string; locale: Locale } | null
}

/** Says where a hit was found, as the reader of one language sees it. */
export function whereFound(hit: Hit, { title, topicTitle, tags, prompt }: Searchable, locale: Locale): Where {
  const terms = new Set(hit.answers.flat())
  const foundTags = tags.filter((tag) => holdsAny(tag, terms) || holdsAny(tag.replaceAll('-', ''), terms))
  const shown = [title[locale], topicTitle[locale], ...foundTags, ...foundTags.map((tag) => tag.replaceAll('-', ''))]
  let rest = unanswered(hit.answers, shown)
  const other = otherThan(locale)
  const takeOther = (text: string) => {
    const left = unanswered(rest, [text])
    if (left.length === rest.length) return null
    rest = left
    return { text, locale: other }
  }
  return {
    terms,
    tags: foundTags,
    otherTitle: takeOther(title[other]),
    otherTopic: takeOther(topicTitle[other]),
    snippet: prompt && rest.length > 0 ? snippetIn(prompt, rest, locale) : null,
  }
}

/** What of a query none of these texts answers. */
function unanswered(answers: Hit['answers'], texts: readonly string[]): Hit['answers'] {
  return answers.filter((answer) => !texts.some((text) => holdsAny(text, new Set(answer))))
}

function snippetIn(prompt: Localized, answers: Hit['answers'], locale: Locale): Where['snippet'] {
  for (const each of [locale, otherThan(locale)]) {
    const text = snippetOf(prompt[each], answers)
    if (text !== null) return { text, locale: each }
  }
  return null
}

function otherThan(locale: Locale): Locale {
  return LOCALES.find((each) => each !== locale) ?? locale
}
