'use client'

import { Check, CloudOff, HardDrive, LoaderCircle, TriangleAlert, type LucideIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { DraftStatus } from '../_state/draft-keeper'
import { useOnline } from '../../../_shell/use-online'
import { cx } from '../../../_ui/cx'

const ICONS: Record<Exclude<DraftStatus, 'untouched'>, LucideIcon> = {
  saving: LoaderCircle,
  saved: Check,
  browser: HardDrive,
  offline: CloudOff,
  'too-large': TriangleAlert,
  nowhere: TriangleAlert,
}

/**
 * Where the text on the screen is kept. On a narrow screen only what the reader has to know, and in the fewest words;
 * while there is no network, that it is so.
 */
export function DraftNote({ status }: { status: DraftStatus }) {
  const t = useTranslations('workspace.draft')
  const online = useOnline()
  if (!online) {
    const kept = status !== 'untouched' && status !== 'nowhere'
    return (
      <Note icon={<CloudOff aria-hidden />} className="text-warn">
        {t('disconnected')}
        {kept && <span className="hidden sm:inline">{t('kept')}</span>}
      </Note>
    )
  }
  if (status === 'untouched') return null
  const Icon = ICONS[status]
  const worrying = status === 'too-large' || status === 'nowhere'
  return (
    <Note
      icon={<Icon aria-hidden className={cx(status === 'saving' && 'animate-spin')} />}
      className={worrying ? 'text-warn' : 'hidden text-ink-faint sm:flex'}
    >
      {t(status)}
    </Note>
  )
}

function Note({ icon, className, children }: { icon: ReactNode; className: string; children: ReactNode }) {
  return (
    <span className={cx('mr-1 flex items-center gap-1.5 text-small [&_svg]:size-3.5 [&_svg]:shrink-0', className)}>
      {icon}
      <span>{children}</span>
    </span>
  )
}
