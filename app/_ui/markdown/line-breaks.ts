import type { Element, Parents, Root, RootContent } from 'hast'
import { toString } from 'hast-util-to-string'
import { visit } from 'unist-util-visit'

/** Code of this many characters or fewer stays on one line. A phone's line holds about forty. */
const LONGEST_WHOLE = 24
const HAN = /\p{Script=Han}/u
/** A number and its unit, with the space between them. */
const QUANTITY = /(\d) (%|[nµm]?s|min|[KMGT]?i?B)(?![A-Za-z\d])/g
const FULL_WIDTH_END = /[，。？！：；、）】》」]$/

/**
 * Spaces and line breaks as a typesetter would have them. A number stays with its unit, and short code is not broken,
 * so that `--abort` does not lose its hyphens to the line before. In Chinese, the space that Markdown wants between
 * `。**` and the next word goes: the stop is wide enough.
 */
export function rehypeLineBreaks() {
  return (tree: Root) => {
    visit(tree, 'text', (node, _index, parent) => {
      const isCode = parent?.type === 'element' && parent.tagName === 'code'
      if (!isCode) node.value = node.value.replace(QUANTITY, '$1\u00a0$2')
    })
    visit(tree, 'element', (node, index, parent) => {
      if (!parent || index === undefined) return
      if (node.tagName === 'code' && isInline(parent) && toString(node).length <= LONGEST_WHOLE) {
        node.properties.className = ['whole']
      }
      if (node.tagName === 'strong' || node.tagName === 'em') trimAfter(node, parent.children[index + 1])
      // Emphasis of Latin letters only is slanted in Chinese texts too: the dots belong below Chinese characters.
      if (node.tagName === 'em' && HAN.test(toString(parent)) && !HAN.test(toString(node))) {
        node.properties.lang = 'en'
      }
    })
  }
}

function isInline(parent: Parents): boolean {
  return parent.type !== 'element' || parent.tagName !== 'pre'
}

function trimAfter(node: Element, next: RootContent | undefined): void {
  if (next?.type === 'text' && FULL_WIDTH_END.test(toString(node))) next.value = next.value.replace(/^ /, '')
}
