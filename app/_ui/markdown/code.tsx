import { toJsxRuntime } from 'hast-util-to-jsx-runtime'
import { Fragment, jsx, jsxs } from 'react/jsx-runtime'
import { CodeBlock } from './code-block'
import { CODE_OPTIONS, getHighlighter, LONGEST_COLOURED } from './highlighter'

/** Source text with the colours of its language, rendered on the server. */
export async function Code({ source, language = 'typescript', numbered, marked, className }: {
  source: string
  language?: string
  numbered?: boolean
  /** A line to point at, from 1. Its id is `line-` and its number. */
  marked?: number | null
  className?: string
}) {
  const highlighter = await getHighlighter()
  const known = source.length <= LONGEST_COLOURED && highlighter.getLoadedLanguages().includes(language)
  const tree = highlighter.codeToHast(source.replace(/\n$/, ''), {
    ...CODE_OPTIONS,
    lang: known ? language : 'text',
    transformers: [
      {
        line(node, line) {
          if (line === marked) node.properties = { className: ['line', 'marked'], id: `line-${line}` }
        },
      },
    ],
  })
  return toJsxRuntime(tree, {
    Fragment,
    jsx,
    jsxs,
    components: {
      pre: ({ children }) => (
        <CodeBlock numbered={numbered} className={className}>
          {children}
        </CodeBlock>
      ),
    },
  })
}
