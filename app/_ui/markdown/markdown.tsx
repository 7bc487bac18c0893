import rehypeShikiFromHighlighter, { type RehypeShikiCoreOptions } from '@shikijs/rehype/core'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { type Components, MarkdownAsync } from 'react-markdown'
import rehypeSlug from 'rehype-slug'
import remarkGfm from 'remark-gfm'
import { cx } from '../cx'
import { CodeBlock } from './code-block'
import { rehypeFigures } from './figures'
import { CODE_OPTIONS, getHighlighter } from './highlighter'
import { rehypeLineBreaks } from './line-breaks'

/** Blocks that were coloured before. Only the content folder's own texts come here, so it stays small. */
const CODE_CACHE: RehypeShikiCoreOptions['cache'] = new Map()

const EXERCISE_LINK = /^\/exercises\/([a-z0-9-]+)$/

/**
 * Markdown of the content folder, rendered on the server: GitHub's dialect, code with colours and a copy button,
 * figures inline, raw HTML shown as text. A link to an exercise that stands alone in its paragraph becomes what
 * `exercise` returns for its slug; without it, or when that is null, it stays a link.
 */
export async function Markdown({ text, figures = {}, exercise, className }: {
  text: string
  /** SVG text by the path that the Markdown writes. */
  figures?: Readonly<Record<string, string>>
  exercise?: (slug: string) => ReactNode
  className?: string
}) {
  const shiki: RehypeShikiCoreOptions = {
    ...CODE_OPTIONS,
    cache: CODE_CACHE,
    defaultLanguage: 'text',
    fallbackLanguage: 'text',
    addLanguageClass: false,
  }
  return (
    <div className={cx('prose', className)}>
      <MarkdownAsync
        remarkPlugins={[remarkGfm]}
        rehypePlugins={[
          rehypeSlug,
          [rehypeFigures, { figures }],
          rehypeLineBreaks,
          [rehypeShikiFromHighlighter, await getHighlighter(), shiki],
        ]}
        components={componentsFor(exercise)}
      >
        {text}
      </MarkdownAsync>
    </div>
  )
}

function componentsFor(exercise: ((slug: string) => ReactNode) | undefined): Components {
  return {
    a: ({ href = '', children }) => {
      if (href.startsWith('/')) return <Link href={href}>{children}</Link>
      if (href.startsWith('#')) return <a href={href}>{children}</a>
      return (
        <a href={href} rel="noreferrer">
          {children}
        </a>
      )
    },
    p: ({ node, children }) => {
      const only = node?.children.length === 1 ? node.children[0] : undefined
      const href = only?.type === 'element' && only.tagName === 'a' ? String(only.properties.href ?? '') : ''
      const slug = EXERCISE_LINK.exec(href)?.[1]
      return (slug && exercise?.(slug)) || <p>{children}</p>
    },
    pre: ({ children }) => <CodeBlock>{children}</CodeBlock>,
    table: ({ children }) => (
      <div className="prose-table" tabIndex={0} role="group">
        <table>{children}</table>
      </div>
    ),
    // The corner above the row names says nothing, so it is no header to those who have the table read to them.
    th: ({ children, style }) => (children ? <th style={style}>{children}</th> : <td />),
  }
}
