import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import type { CellSource } from '@/lib/contract/marking'
import { SourceLines } from '../../../../../../_marking/source-lines'
import { renderLines } from '../../../../../../_ui/markdown/code-lines'
import { SourceDiff } from './source-diff'

export const VIEWS = ['code', 'before', 'starter'] as const
export type SourceView = (typeof VIEWS)[number]

/** What was submitted: with comments at its lines, or as changes. */
export async function SourcePanel({ source, view, write, hrefOf }: {
  source: CellSource
  view: SourceView
  /** Where comments on lines go; without it nobody may write any. */
  write?: { classId: string; submission: string }
  hrefOf: (view: SourceView) => string
}) {
  const t = await getTranslations('gradebook.work')
  return (
    <div className="flex flex-col gap-3">
      <nav aria-label={t('views')} className="flex flex-wrap gap-1 border-b border-line">
        {VIEWS.map((each) => (
          <Link
            key={each}
            href={hrefOf(each)}
            prefetch={false}
            scroll={false}
            aria-current={each === view ? 'true' : undefined}
            className={
              'relative inline-flex h-10 items-center px-3 text-ui font-medium text-ink-soft outline-offset-[-2px] ' +
              'hover:text-ink aria-[current=true]:text-ink after:absolute after:inset-x-2 after:bottom-0 after:h-0.5 ' +
              'after:rounded-full aria-[current=true]:after:bg-accent'
            }
          >
            {t(`view.${each}`)}
          </Link>
        ))}
      </nav>
      {view === 'code' && (
        <>
          {write && <p className="text-small text-ink-soft">{t('commentHelp')}</p>}
          <SourceLines
            key={source.id} lines={await renderLines(source.source)} comments={source.comments}
            marked={source.verdict?.problem?.line} write={write}
          />
        </>
      )}
      {view === 'before' && (source.before
        ? <SourceDiff before={source.before.source} after={source.source} />
        : <p className="text-ui text-ink-soft">{t('diff.first')}</p>)}
      {view === 'starter' && (source.starter !== null
        ? <SourceDiff before={source.starter} after={source.source} />
        : <p className="text-ui text-ink-soft">{t('diff.noStarter')}</p>)}
    </div>
  )
}
