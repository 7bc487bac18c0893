'use client'

import { useTranslations } from 'next-intl'
import { sendJson } from '../_session/api'
import { CommentForm } from './comment-form'
import { CommentNote, type ShownComment } from './comment-note'

/** What was said of a submission as a whole, and with `write` a form to say more. */
export function OverallComments({ comments, write }: {
  comments: ShownComment[]
  write?: { classId: string; submission: string }
}) {
  const t = useTranslations('comments')
  const overall = comments.filter(({ line }) => line === null)
  return (
    <div className="flex max-w-note flex-col gap-3">
      {overall.map((comment) => (
        <CommentNote key={comment.id} comment={comment} classId={write?.classId} />
      ))}
      {write && (
        <CommentForm
          label={t('commentAll')}
          focus={false}
          send={(body) => sendJson('POST', `/api/classes/${write.classId}/comments`, {
            submission: write.submission, line: null, body,
          })}
        />
      )}
    </div>
  )
}
