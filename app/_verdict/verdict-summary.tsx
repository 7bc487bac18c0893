import { Lightbulb } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { SubmissionView } from '@/lib/contract/submission'
import type { VerdictView } from '@/lib/contract/verdict'

/** What the verdict says, in sentences: the reason, the place of a compile error, the hint. */
export function VerdictSummary({ submission }: { submission: SubmissionView }) {
  const t = useTranslations('submissions')
  const known = useTranslations('workspace.compile.problem')
  const { verdict, place, hint } = submission
  if (!verdict) return <p>{waiting(t, submission.state, place)}</p>
  const { problem } = verdict
  const message = problem?.code ? known(problem.code, { subject: problem.subject ?? '' }) : (problem?.message ?? '')
  return (
    <div className="flex flex-col gap-3">
      <p>{sentence(t, verdict)}</p>
      {problem && (
        <p className="rounded-md bg-sunken px-3 py-2 font-mono text-ui break-words whitespace-pre-wrap">
          {problem.line === null ? message : t('line', { line: problem.line, message })}
        </p>
      )}
      {hint && (
        <div className="flex items-start gap-3 rounded-md border border-line bg-surface px-4 py-3 text-ui">
          <Lightbulb aria-hidden className="mt-0.5 size-4.5 shrink-0 text-accent" />
          <div>
            <p className="font-medium">{t('hint')}</p>
            <p className="text-ink-soft">{hint}</p>
          </div>
        </div>
      )}
    </div>
  )
}

type Translate = ReturnType<typeof useTranslations<'submissions'>>

function waiting(t: Translate, state: SubmissionView['state'], place: number | null): string {
  if (state !== 'queued') return t('summary.grading')
  return place === null ? t('summary.queuedAlone') : t('summary.queued', { place })
}

function sentence(t: Translate, verdict: VerdictView): string {
  if (verdict.verdict === 'passed') return t('summary.passed')
  if (verdict.verdict === 'error') return t('summary.error')
  const { reason, limits } = verdict
  if (reason) return t(`reason.${reason}`, { seconds: limits.wallMs / 1000, memory: limits.memoryMiB })
  const { failed, total } = countRules(verdict)
  return total === 0 ? t('summary.failedNone') : t('summary.failed', { failed, total })
}

/** By the groups where the rules themselves are not told. */
function countRules({ tests, groups, rulesHidden }: VerdictView): { failed: number; total: number } {
  if (!rulesHidden) return { failed: tests.filter(({ state }) => state !== 'passed').length, total: tests.length }
  const sum = (of: 'passed' | 'total') => groups.reduce((all, group) => all + group[of], 0)
  return { failed: sum('total') - sum('passed'), total: sum('total') }
}
