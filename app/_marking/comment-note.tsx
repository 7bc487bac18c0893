'use client'

import { Pencil, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { CommentView } from '@/lib/contract/marking'
import { sendJson } from '../_session/api'
import { useProblemText } from '../_session/use-problem-text'
import { ConfirmDialog } from '../_ui/confirm-dialog'
import { IconButton } from '../_ui/icon-button'
import { LocalTime } from '../_ui/local-time'
import { CommentForm } from './comment-form'
import { useRequest } from './use-request'

export type ShownComment = CommentView & { className?: string }

/** One comment. With `classId` its author can reword it, and take it away; instructors can when the author is gone. */
export function CommentNote({ comment, classId }: { comment: ShownComment; classId?: string }) {
  const t = useTranslations('comments')
  const [editing, setEditing] = useState(false)
  const path = `/api/classes/${classId}/comments/${comment.id}`
  return (
    <article className="rounded-md border border-line bg-surface px-4 py-3 font-sans text-ui">
      <header className="flex min-h-8 flex-wrap items-center gap-x-2 text-small text-ink-soft">
        <span className="font-medium text-ink">{comment.author?.name ?? t('gone')}</span>
        {comment.className && <span>{comment.className}</span>}
        <LocalTime at={comment.createdAt} />
        {comment.editedAt && <span>{t('edited')}</span>}
        {(comment.own || comment.clearable) && classId && !editing && (
          <span className="ml-auto flex">
            {comment.own && (
              <IconButton size="small" label={t('edit')} icon={<Pencil />} onClick={() => setEditing(true)} />
            )}
            <DeleteButton path={path} />
          </span>
        )}
      </header>
      {editing ? (
        <CommentForm
          label={t('edit')}
          initial={comment.body}
          send={(body) => sendJson('PUT', path, { body })}
          onDone={() => setEditing(false)}
          onCancel={() => setEditing(false)}
        />
      ) : (
        <p className="whitespace-pre-wrap wrap-anywhere">{comment.body}</p>
      )}
    </article>
  )
}

function DeleteButton({ path }: { path: string }) {
  const t = useTranslations('comments')
  const problemText = useProblemText()
  const [asking, setAsking] = useState(false)
  const { run, pending, problem } = useRequest()
  return (
    <>
      <IconButton size="small" label={t('delete')} icon={<Trash2 />} onClick={() => setAsking(true)} />
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t('deleteConfirm')}
        description={t('deleteText')}
        problem={problem && problemText(problem)}
        cancelLabel={t('cancel')}
        confirmLabel={t('delete')}
        pending={pending}
        onConfirm={() => void run(() => sendJson('DELETE', path), () => setAsking(false))}
      />
    </>
  )
}
