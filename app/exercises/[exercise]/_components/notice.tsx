'use client'

import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '../../../_ui/button'
import { IconButton } from '../../../_ui/icon-button'

export interface NoticeAction {
  text: string
  do: () => void
}

/** One line below the editor about something that just happened to the text, with what can be done about it. */
export function Notice({ title, text, actions = [], onClose }: {
  title: string
  text?: string
  actions?: readonly NoticeAction[]
  /** Without it, one of the actions has to be chosen. */
  onClose?: () => void
}) {
  const t = useTranslations('common')
  return (
    <div
      role="status"
      className={
        'flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-t border-line bg-sunken px-4 py-1.5 text-ui'
      }
    >
      <p className="min-w-0 flex-1">
        <span className="font-medium">{title}</span>
        {text && <span className="text-ink-soft"> {text}</span>}
      </p>
      {actions.map((action) => (
        <Button key={action.text} size="small" onClick={action.do}>
          {action.text}
        </Button>
      ))}
      {onClose && <IconButton size="small" label={t('close')} icon={<X />} onClick={onClose} />}
    </div>
  )
}
