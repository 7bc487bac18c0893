import type { ContentProblem } from '../../problem'
import type { MarkdownFacts } from './read-markdown'

/** Addresses that texts may link to: slugs of the folders that exist, broken ones too, so that one fault stays one. */
export interface KnownPages {
  topics: ReadonlySet<string>
  exercises: ReadonlySet<string>
}

/** Rules on any Markdown text: headings, links, images. `figures` are the image paths that the text may show. */
export function checkText(
  file: string,
  facts: MarkdownFacts,
  known: KnownPages,
  figures: ReadonlySet<string> = new Set(),
): ContentProblem[] {
  const problems: ContentProblem[] = []
  if (facts.hasTitle) {
    problems.push({ file, rule: 'heading', message: 'has a first-level heading (#); begin with ##' })
  }
  for (const url of facts.links.filter((link) => !leadsSomewhere(link, known))) {
    problems.push({ file, rule: 'link-dead', message: `links to ${url}, which does not exist` })
  }
  for (const url of facts.images.filter((image) => !figures.has(image))) {
    problems.push({ file, rule: 'link-dead', message: `shows ${url}, which does not exist` })
  }
  return problems
}

function leadsSomewhere(url: string, known: KnownPages): boolean {
  if (/^https:\/\/[^/]/.test(url)) return true
  const [, kind, slug = ''] = /^\/(topics|exercises)\/([^/#?]+)(?:#[^/]*)?$/.exec(url) ?? []
  return kind === 'topics' ? known.topics.has(slug) : kind === 'exercises' && known.exercises.has(slug)
}
