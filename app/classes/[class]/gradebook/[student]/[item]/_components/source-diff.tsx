import { getTranslations } from 'next-intl/server'
import { Fragment, type ReactNode } from 'react'
import { diffLines, linesOf, partsOf, type DiffLine } from '../../../../../../_marking/line-diff'
import { cx } from '../../../../../../_ui/cx'
import { renderLines } from '../../../../../../_ui/markdown/code-lines'

const SIGNS = { same: ' ', added: '+', removed: '−' } as const

/**
 * What changed from one source to another, with the colours of the language, signs and words: nothing rests on colour.
 */
export async function SourceDiff({ before, after }: { before: string; after: string }) {
  const t = await getTranslations('gradebook.work.diff')
  const lines = diffLines(linesOf(before), linesOf(after))
  const { parts, skippedAfter } = partsOf(lines)
  if (parts.length === 0) return <p className="text-ui text-ink-soft">{t('none')}</p>
  const [old, now] = [await renderLines(before), await renderLines(after)]
  const count = (wanted: DiffLine['kind']) => lines.filter(({ kind }) => kind === wanted).length
  return (
    <div>
      <p className="mb-2 text-small text-ink-soft figures">
        {t('sum', { added: count('added'), removed: count('removed') })}
      </p>
      <div
        role="group"
        aria-label={t('label')}
        className={cx(
          'overflow-hidden rounded-md border border-line bg-surface font-mono text-ui text-code-ink',
          '[tab-size:2] [font-variant-ligatures:none]',
        )}
      >
        {parts.map(({ skipped, lines: shown }, index) => (
          <Fragment key={index}>
            {skipped > 0 && <Skipped>{t('skipped', { count: skipped })}</Skipped>}
            {shown.map((line) => (
              <Line
                key={`${line.kind} ${numberOf(line)}`} line={line}
                word={line.kind === 'same' ? '' : t(line.kind)}
                content={line.kind === 'removed' ? old[line.before - 1] : now[line.after - 1]}
              />
            ))}
          </Fragment>
        ))}
        {skippedAfter > 0 && <Skipped>{t('skipped', { count: skippedAfter })}</Skipped>}
      </div>
    </div>
  )
}

function Line({ line, word, content }: { line: DiffLine; word: string; content: ReactNode }) {
  return (
    <div
      className={cx(
        'flex', line.kind === 'added' && 'bg-accent-soft', line.kind === 'removed' && 'bg-sunken',
      )}
    >
      <span aria-hidden className="w-11 shrink-0 pr-2 text-right text-ink-faint select-none">{numberOf(line)}</span>
      <span aria-hidden className={cx('w-5 shrink-0 font-bold select-none', line.kind === 'added' && 'text-accent')}>
        {SIGNS[line.kind]}
      </span>
      {word && <span className="sr-only">{word} </span>}
      <code className="min-w-0 flex-1 pr-3 whitespace-pre-wrap wrap-anywhere">
        {content || ' '}
      </code>
    </div>
  )
}

function Skipped({ children }: { children: ReactNode }) {
  return (
    <p
      className={cx(
        'border-y border-line bg-sunken px-3 py-0.5 font-sans text-small text-ink-soft',
        'first:border-t-0 last:border-b-0',
      )}
    >
      {children}
    </p>
  )
}

function numberOf(line: DiffLine): number {
  return line.kind === 'removed' ? line.before : line.after
}
