import { fromMarkdown } from 'mdast-util-from-markdown'
import { visit } from 'unist-util-visit'

export interface MarkdownFacts {
  /** Targets of all links. */
  links: string[]
  /** Targets of the links that stand alone in their paragraph. */
  standaloneLinks: string[]
  /** Sources of all images. */
  images: string[]
  /** Whether there is a first-level heading. */
  hasTitle: boolean
}

/** What the rules on texts need to know of a Markdown file. Code blocks and code spans are not looked into. */
export function readMarkdown(text: string): MarkdownFacts {
  const facts: MarkdownFacts = { links: [], standaloneLinks: [], images: [], hasTitle: false }
  visit(fromMarkdown(text), (node) => {
    if (node.type === 'link' || node.type === 'definition') facts.links.push(node.url)
    if (node.type === 'image') facts.images.push(node.url)
    if (node.type === 'heading' && node.depth === 1) facts.hasTitle = true
    if (node.type === 'paragraph' && node.children.length === 1 && node.children[0]?.type === 'link') {
      facts.standaloneLinks.push(node.children[0].url)
    }
  })
  return facts
}
