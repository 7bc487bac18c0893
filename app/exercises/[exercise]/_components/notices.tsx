'use client'

import { useFormatter, useTranslations } from 'next-intl'
import type { Draft } from '../_state/use-draft'
import type { TextChange } from '../_state/use-text-changes'
import { Notice } from './notice'

/** The lines below the editor, where they move no code: what happened to the text. */
export function Notices({ draft, change, onCloseChange, fallback, onCloseFallback }: {
  draft: Draft
  change: TextChange | null
  onCloseChange: () => void
  /** Whether the plain editor took the place of one that could not be loaded. */
  fallback: boolean
  onCloseFallback: () => void
}) {
  const t = useTranslations('workspace')
  return (
    <>
      {draft.other && (
        <Notice
          title={t('other.title')}
          text={t('other.text')}
          actions={[
            { text: t('other.take'), do: draft.takeOther },
            { text: t('other.drop'), do: draft.dropOther },
          ]}
        />
      )}
      {change && <ChangeNotice change={change} onClose={onCloseChange} />}
      {fallback && <Notice title={t('editor.fallback')} onClose={onCloseFallback} />}
    </>
  )
}

function ChangeNotice({ change, onClose }: { change: TextChange; onClose: () => void }) {
  const t = useTranslations('workspace')
  const format = useFormatter()
  const { undo } = change
  return (
    <Notice
      title={titleOf()}
      actions={undo === null ? [] : [{ text: t('editor.undo'), do: () => (undo(), onClose()) }]}
      onClose={onClose}
    />
  )

  function titleOf(): string {
    if (change.kind === 'unreachable') return t('submissions.unreachable')
    if (change.kind === 'reset') return t('editor.resetDone', { file: change.file })
    // Shown only after a press of a button, never on the server, so the reader's time zone is known.
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
    const date = format.dateTime(new Date(change.date), { dateStyle: 'medium', timeStyle: 'short', timeZone })
    return t('editor.restored', { date })
  }
}
