import GithubSlugger from 'github-slugger'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { toString } from 'mdast-util-to-string'
import { visit } from 'unist-util-visit'

export interface Heading {
  depth: number
  text: string
  /** The id that the rendered heading has. */
  id: string
}

/** The headings of a Markdown text in their order, with the ids that `Markdown` gives them. */
export function headingsOf(markdown: string): Heading[] {
  const slugger = new GithubSlugger()
  const headings: Heading[] = []
  visit(fromMarkdown(markdown), 'heading', (node) => {
    const text = toString(node)
    headings.push({ depth: node.depth, text, id: slugger.slug(text) })
  })
  return headings
}
