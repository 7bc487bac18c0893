import { toJsxRuntime } from 'hast-util-to-jsx-runtime'
import { Fragment, jsx, jsxs } from 'react/jsx-runtime'
import type { Lines } from '@/lib/contract/similarity'
import { CodeBlock } from '../../../../_ui/markdown/code-block'
import { CODE_OPTIONS, getHighlighter } from '../../../../_ui/markdown/highlighter'
import { lineId, type Side } from './line-id'

/** Longer texts are shown without colours, so that one page cannot keep the server busy. Characters. */
const LONGEST_COLOURED = 32 * 1024

const MARKED =
  'line relative inline-block min-w-full bg-accent-soft data-shown:shadow-[inset_3px_0_0_var(--color-accent)] ' +
  'after:absolute after:right-2 after:font-sans after:text-small after:font-semibold after:text-accent ' +
  'after:content-[attr(data-label)]'

/** Source text with its matching places marked; the first line of each carries its number. */
export async function MarkedSource({ source, side, places }: { source: string; side: Side; places: readonly Lines[] }) {
  const highlighter = await getHighlighter()
  const tree = highlighter.codeToHast(source.replace(/\n$/, ''), {
    ...CODE_OPTIONS,
    lang: source.length <= LONGEST_COLOURED ? 'typescript' : 'text',
    transformers: [
      {
        line(node, line) {
          if (!places.some(({ from, to }) => from <= line && line <= to)) return
          const begins = places.flatMap(({ from }, index) => (from === line ? [index + 1] : []))
          node.properties = { className: MARKED.split(' '), id: lineId(side, line), 'data-label': begins.join(', ') }
        },
      },
    ],
  })
  return toJsxRuntime(tree, {
    Fragment, jsx, jsxs,
    components: { pre: ({ children }) => <CodeBlock numbered>{children}</CodeBlock> },
  })
}
