import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import type { RegradeDetail } from '@/lib/contract/regrade'
import { ClientMessages } from '../_i18n/client-messages'
import { exerciseTitle } from '../_i18n/exercise-title'
import { LocalTime } from '../_ui/local-time'
import { ProgressBar } from '../_ui/progress-bar'
import { ChangeTable } from './change-table'
import { RefreshWhile } from './refresh-while'
import { RegradeActions } from './regrade-actions'
import { RegradeLog } from './regrade-log'
import { StateBadge } from './state-badge'

/**
 * One regrade: how far it is, who gains and who loses, what can be done, and what was done.
 * @param at where it is: `/admin`, or the path of a class
 * @param readOnly leaves out what changes something
 */
export async function RegradeReport({ at, regrade, readOnly = false }: {
  at: string
  regrade: RegradeDetail
  readOnly?: boolean
}) {
  const t = await getTranslations('regrades')
  const { id, exercise, submissions, gains, losses, state, changes } = regrade
  const progress = t('gradedOf', submissions)
  return (
    <>
      <p className="mb-2 text-ui">
        <Link href={`${at}/regrades`} className="text-link">
          {t('title')}
        </Link>
        <span aria-hidden> / </span>
        <LocalTime at={regrade.startedAt} />
      </p>
      <h2 className="mb-5 flex flex-wrap items-center gap-3 text-title font-semibold">
        {await exerciseTitle(exercise)}
        <StateBadge state={state} />
      </h2>
      <div role="status" className="mb-6 flex flex-col gap-2 text-ui">
        <div className="flex flex-wrap items-center gap-3">
          <ProgressBar className="w-40" value={submissions.graded} of={submissions.total} label={progress} />
          <span className="figures">{progress}</span>
          {submissions.failed > 0 && <span className="text-warn">{t('failed', { count: submissions.failed })}</span>}
        </div>
        <p className="text-body">{t(state === 'applied' ? 'effectLeft' : 'effect', { gains, losses })}</p>
      </div>
      <ClientMessages areas={['regrades', 'errors']}>
        {!readOnly && <RegradeActions path={`${at}/regrades/${id}`} state={state} losses={losses} />}
        <RefreshWhile running={state === 'running'} />
      </ClientMessages>
      {changes.length > 0 && <ChangeTable changes={changes} hidden={gains + losses - changes.length} />}
      <RegradeLog log={regrade.log} />
    </>
  )
}
