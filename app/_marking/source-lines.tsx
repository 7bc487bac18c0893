'use client'

import { MessageSquarePlus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useRef, useState } from 'react'
import { sendJson } from '../_session/api'
import { cx } from '../_ui/cx'
import { CommentForm } from './comment-form'
import { CommentNote, type ShownComment } from './comment-note'

/**
 * A source with its numbered lines and what was said of them, each under its line. With `write`, the number of a line
 * opens a form there.
 */
export function SourceLines({ lines, comments, marked, write }: {
  lines: ReactNode[]
  comments: ShownComment[]
  /** A line to point at, such as one that does not compile. */
  marked?: number | null
  write?: { classId: string; submission: string }
}) {
  const t = useTranslations('comments')
  const [open, setOpen] = useState<number | null>(null)
  const list = useRef<HTMLOListElement>(null)
  const byLine = groupByLine(comments)

  function close(line: number) {
    setOpen(null)
    list.current?.querySelector<HTMLElement>(`#line-${line} button`)?.focus()
  }

  return (
    <ol
      ref={list}
      aria-label={t('source')}
      className={
        'rounded-md border border-line bg-sunken py-3 font-mono text-ui text-code-ink [font-variant-ligatures:none] ' +
        '[tab-size:2]'
      }
    >
      {lines.map((content, index) => {
        const line = index + 1
        return (
          <li key={line} id={`line-${line}`} className="group/line scroll-mt-[30vh]">
            <div className={cx('flex items-start', line === marked && 'bg-bad-soft', open === line && 'bg-accent-soft')}>
              {write ? (
                <button
                  type="button"
                  aria-label={t('commentLine', { line })}
                  aria-expanded={open === line}
                  onClick={() => setOpen(open === line ? null : line)}
                  className={
                    'relative w-14 shrink-0 pr-4 text-right text-ink-faint select-none outline-offset-[-2px] ' +
                    'hover:text-accent focus-visible:text-accent'
                  }
                >
                  {line}
                  <MessageSquarePlus
                    aria-hidden
                    className={
                      'absolute top-1 left-1.5 size-4 opacity-0 group-hover/line:opacity-100 ' +
                      '[button:focus-visible>&]:opacity-100'
                    }
                  />
                </button>
              ) : (
                <span aria-hidden className="w-14 shrink-0 pr-4 text-right text-ink-faint select-none">
                  {line}
                </span>
              )}
              <code className="min-w-0 flex-1 pr-3 whitespace-pre-wrap wrap-anywhere">{content || ' '}</code>
            </div>
            {(byLine.has(line) || open === line) && (
              <div className="my-2 mr-3 ml-14 flex max-w-note flex-col gap-2">
                {byLine.get(line)?.map((comment) => (
                  <CommentNote key={comment.id} comment={comment} classId={write?.classId} />
                ))}
                {write && open === line && (
                  <div className="rounded-md border border-line bg-surface p-4 font-sans">
                    <CommentForm
                      label={t('commentLine', { line })}
                      send={(body) => sendJson('POST', `/api/classes/${write.classId}/comments`, {
                        submission: write.submission, line, body,
                      })}
                      onDone={() => close(line)}
                      onCancel={() => close(line)}
                    />
                  </div>
                )}
              </div>
            )}
          </li>
        )
      })}
    </ol>
  )
}

function groupByLine(comments: ShownComment[]): ReadonlyMap<number, ShownComment[]> {
  const groups = new Map<number, ShownComment[]>()
  for (const comment of comments) {
    if (comment.line !== null) groups.set(comment.line, [...(groups.get(comment.line) ?? []), comment])
  }
  return groups
}
