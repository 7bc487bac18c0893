import { MessageSquare } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { requireViewer } from '@/lib/auth/viewer'
import type { SubmissionDetail } from '@/lib/contract/submission'
import { listReceivedComments } from '@/lib/learn/classes/comments'
import { ClientMessages } from '../../../_i18n/client-messages'
import { OverallComments } from '../../../_marking/overall-comments'
import { SourceLines } from '../../../_marking/source-lines'
import { Code } from '../../../_ui/markdown/code'
import { renderLines } from '../../../_ui/markdown/code-lines'

/** What was submitted, with what the staff of the author's classes said of it. */
export async function Source({ submission }: { submission: SubmissionDetail }) {
  const t = await getTranslations()
  const viewer = await requireViewer(`/submissions/${submission.id}`)
  const comments = await listReceivedComments(viewer.id, submission.id)
  const onLines = comments.some(({ line }) => line !== null)
  const marked = submission.verdict?.problem?.line
  return (
    <ClientMessages areas={['comments', 'errors']}>
      <div className="flex min-w-0 flex-col gap-8">
        {comments.length > 0 && (
          <section aria-labelledby="comments" className="flex flex-col gap-3">
            <h2 id="comments" className="flex items-center gap-2 text-title font-semibold">
              <MessageSquare aria-hidden className="size-5 shrink-0 text-ink-soft" />
              {t('comments.received', { count: comments.length })}
            </h2>
            {onLines && <p className="text-ui text-ink-soft">{t('comments.receivedText')}</p>}
            <OverallComments comments={comments} />
          </section>
        )}
        <section aria-labelledby="source" className="flex min-w-0 flex-col gap-3">
          <h2 id="source" className="text-title font-semibold">
            {t('submissions.source')}
          </h2>
          {onLines
            ? <SourceLines lines={await renderLines(submission.source)} comments={comments} marked={marked} />
            : <Code source={submission.source} numbered marked={marked} />}
        </section>
      </div>
    </ClientMessages>
  )
}
