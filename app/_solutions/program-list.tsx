import { ArrowLeft, ArrowRight, Users } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { PROGRAM_SORTS, PROGRAMS_PER_PAGE, type ProgramList as List, type ProgramQuery } from '@/lib/contract/shared-solution'
import { LinkButton } from '../_ui/button'
import { cx } from '../_ui/cx'
import { EmptyState } from '../_ui/empty-state'
import { ProgramCard } from './program-card'

/** What others share, in the order that the reader has chosen. Stands within ClientMessages of `solutions` and `errors`. */
export async function ProgramList({ list }: { list: List }) {
  const t = await getTranslations('solutions')
  const { exercise, programs, total, sort, page, pages } = list
  const href = (query: ProgramQuery) => hrefOf(exercise, query)
  if (programs.length === 0 && page > 1) {
    return (
      <EmptyState title={t('empty.beyond')} action={<LinkButton href={href({ sort, page: 1 })}>{t('empty.first')}</LinkButton>} />
    )
  }
  if (programs.length === 0) {
    return (
      <EmptyState icon={<Users />} title={t('empty.title')}>
        {t('empty.text')}
      </EmptyState>
    )
  }
  return (
    <div className="flex flex-col gap-8">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 text-ui">
        <p className="text-ink-soft figures">{t('count', { count: total })}</p>
        <nav aria-label={t('sort.label')} className="-mx-2 flex flex-wrap">
          {PROGRAM_SORTS.map((each) => (
            <Link
              key={each}
              href={href({ sort: each, page: 1 })}
              replace
              scroll={false}
              prefetch={false}
              aria-current={each === sort ? 'page' : undefined}
              className={cx(
                'rounded-md px-2 py-1.5 hover:text-accent',
                each === sort ? 'font-semibold text-ink underline decoration-accent decoration-2 underline-offset-8' : 'text-ink-soft',
              )}
            >
              {t(`sort.${each}`)}
            </Link>
          ))}
        </nav>
      </div>
      {programs.map((program, index) => (
        <ProgramCard
          key={program.program} exercise={exercise} program={program} number={(page - 1) * PROGRAMS_PER_PAGE + index + 1}
        />
      ))}
      {pages > 1 && (
        <nav aria-label={t('pages.label')} className="flex flex-wrap items-center justify-between gap-4 border-t border-line pt-6 text-ui">
          {page > 1 ? (
            <LinkButton size="small" href={href({ sort, page: page - 1 })} prefetch={false}>
              <ArrowLeft aria-hidden />
              {t('pages.before')}
            </LinkButton>
          ) : <span />}
          <span className="text-ink-soft figures">{t('pages.of', { page, pages })}</span>
          {page < pages ? (
            <LinkButton size="small" href={href({ sort, page: page + 1 })} prefetch={false}>
              {t('pages.next')}
              <ArrowRight aria-hidden />
            </LinkButton>
          ) : <span />}
        </nav>
      )}
    </div>
  )
}

/** The address of a page of the list; what is usual is left out. */
function hrefOf(exercise: string, { sort, page }: ProgramQuery): string {
  const query = new URLSearchParams({ ...(sort === 'votes' ? {} : { sort }), ...(page === 1 ? {} : { page: `${page}` }) })
  return `/exercises/${exercise}/solutions${query.size > 0 ? `?${query}` : ''}`
}
