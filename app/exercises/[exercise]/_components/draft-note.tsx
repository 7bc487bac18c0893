'use client'

import { Check, CloudOff, HardDrive, LoaderCircle, TriangleAlert, type LucideIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { DraftStatus } from '../_state/draft-keeper'
import { cx } from '../../../_ui/cx'

const ICONS: Record<Exclude<DraftStatus, 'untouched'>, LucideIcon> = {
  saving: LoaderCircle,
  saved: Check,
  browser: HardDrive,
  offline: CloudOff,
  'too-large': TriangleAlert,
  nowhere: TriangleAlert,
}

/** Where the text on the screen is kept. */
export function DraftNote({ status, className }: { status: DraftStatus; className?: string }) {
  const t = useTranslations('workspace.draft')
  if (status === 'untouched') return null
  const Icon = ICONS[status]
  const worrying = status === 'too-large' || status === 'nowhere'
  return (
    <span
      className={cx('flex items-center gap-1.5 text-small', worrying ? 'text-warn' : 'text-ink-faint', className)}
    >
      <Icon aria-hidden className={cx('size-3.5 shrink-0', status === 'saving' && 'animate-spin')} />
      {t(status)}
    </span>
  )
}
