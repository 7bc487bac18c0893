import { toJsxRuntime } from 'hast-util-to-jsx-runtime'
import type { ReactNode } from 'react'
import { Fragment, jsx, jsxs } from 'react/jsx-runtime'
import { CODE_OPTIONS, getHighlighter, LONGEST_COLOURED } from './highlighter'

/**
 * The lines of a source with the colours of its language, one node each, for pages that put something between them.
 * Coloured as a whole, so that a comment or a text of several lines is known as such.
 */
export async function renderLines(source: string, language = 'typescript'): Promise<ReactNode[]> {
  const highlighter = await getHighlighter()
  const known = source.length <= LONGEST_COLOURED && highlighter.getLoadedLanguages().includes(language)
  const tree = highlighter.codeToHast(source.replace(/\n$/, ''), { ...CODE_OPTIONS, lang: known ? language : 'text' })
  const lines: ReactNode[] = []
  const visit = (nodes: typeof tree.children) => {
    for (const node of nodes) {
      if (node.type !== 'element') continue
      if (node.properties.class === 'line') {
        const line = toJsxRuntime({ type: 'root', children: node.children }, { Fragment, jsx, jsxs })
        lines.push(jsx(Fragment, { children: line }, lines.length))
      } else visit(node.children)
    }
  }
  visit(tree.children)
  return lines
}
