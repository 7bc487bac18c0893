import { ChevronLeft, ChevronRight } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import type { ReactNode } from 'react'
import type { Viewer } from '@/lib/contract/account'
import { isProblemError } from '@/lib/contract/problem'
import { findSetWalk } from '@/lib/learn/classes/set-walk'
import { ClientMessages } from '../../../_i18n/client-messages'
import { exerciseTitle } from '../../../_i18n/exercise-title'
import { standingIn } from '../../../_sets/credit'
import { StandingLine } from '../../../_sets/standing-line'
import { cx } from '../../../_ui/cx'
import { LinkHint } from '../../../_ui/link-hint'

/** A slim line above the workspace: the problem set that the reader works through, its deadline, the way on. */
export async function SetBar({ viewer, setId, exercise }: { viewer: Viewer; setId: string; exercise: string }) {
  const walk = await findWalk(viewer, setId, exercise)
  if (!walk) return null
  const t = await getTranslations('sets.bar')
  const { set, classId, place, previous, next } = walk
  const now = nowOf()
  return (
    <nav
      aria-label={t('label')}
      className={cx(
        'flex min-h-10 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line bg-sunken px-3 py-1',
        'text-ui sm:px-4',
      )}
    >
      <span className="flex min-w-0 items-center gap-3">
        <Link
          href={`/classes/${classId}/sets/${set.id}`} prefetch={false}
          className="min-w-0 truncate font-medium hover:text-accent"
        >
          {set.title}
          <LinkHint />
        </Link>
        <span className="shrink-0 whitespace-nowrap text-ink-soft figures">
          {t('place', { place, of: set.items.length })}
        </span>
      </span>
      <ClientMessages areas={['sets']}>
        <StandingLine
          brief standing={standingIn(walk, set, now)} now={now}
          takesDays={set.latePolicy.kind === 'grace-days'} exempt={set.exempt} className="max-sm:hidden"
        />
      </ClientMessages>
      <span className="ml-auto flex items-center gap-1">
        <Step setId={setId} slug={previous} way="previous">
          <ChevronLeft aria-hidden className="size-5" />
        </Step>
        <Step setId={setId} slug={next} way="next">
          <ChevronRight aria-hidden className="size-5" />
        </Step>
      </span>
    </nav>
  )
}

/** The exercise before or after this one; a faint sign that leads nowhere at the ends. */
async function Step({ setId, slug, way, children }: {
  setId: string
  slug: string | null
  way: 'previous' | 'next'
  children: ReactNode
}) {
  const t = await getTranslations('sets.bar')
  const title = slug && (await exerciseTitle(slug))
  if (!slug || !title) return <span aria-hidden className="p-1.5 text-ink-faint opacity-50">{children}</span>
  return (
    <Link
      href={`/exercises/${slug}?set=${setId}`} prefetch={false} aria-label={t(way, { title })} title={t(way, { title })}
      className="rounded-md p-1.5 text-ink-soft hover:bg-surface hover:text-ink"
    >
      {children}
      <LinkHint />
    </Link>
  )
}

/** A database that is away takes the bar away, not the exercise. */
async function findWalk(viewer: Viewer, setId: string, exercise: string) {
  try {
    return await findSetWalk(viewer, setId, exercise)
  } catch (error) {
    if (isProblemError(error) && error.code === 'service-unavailable') return null
    throw error
  }
}

function nowOf(): number {
  return Date.now()
}
