'use client'

import { Check, Copy, DoorClosed, DoorOpen } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { useState, useSyncExternalStore } from 'react'
import type { JoinView } from '@/lib/contract/class'
import { LANGUAGE_TAGS } from '../../../../_i18n/locale'
import { Badge } from '../../../../_ui/badge'
import { Button, LinkButton } from '../../../../_ui/button'
import { spellCode } from '../../../_components/spell-code'

const never = () => () => {}

/** The link and the code by which people join, to be copied, and whether they open the class now. */
export function JoinLink({ classId, join, timeZone }: { classId: string; join: JoinView; timeZone: string }) {
  const t = useTranslations('classes.link')
  const tag = LANGUAGE_TAGS[useLocale()]
  const origin = useSyncExternalStore(never, () => window.location.origin, () => '')
  const [copied, setCopied] = useState(false)
  const [now] = useState(() => Date.now())
  const link = `${origin}/join/${spellCode(join.code)}`
  const ended = join.until !== null && Date.parse(join.until) <= now
  const isOpen = join.open && !ended
  const time = join.until && new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short', timeZone })
    .format(new Date(join.until))

  async function copy() {
    await navigator.clipboard.writeText(link)
    setCopied(true)
  }

  return (
    <section aria-label={t('title')} className="mb-8 rounded-lg border border-line bg-surface px-5 py-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-72">
          <p className="flex flex-wrap items-center gap-2 text-ui font-medium">
            {t('title')}
            <Badge tone={isOpen ? 'good' : 'warn'}>
              {isOpen ? <DoorOpen aria-hidden /> : <DoorClosed aria-hidden />}
              {t(isOpen ? 'open' : join.open ? 'ended' : 'closed')}
            </Badge>
            {isOpen && time && (
              <span className="text-small font-normal text-ink-soft" suppressHydrationWarning>
                {t('until', { time, zone: timeZone })}
              </span>
            )}
          </p>
          <p className="mt-1 font-mono text-ui wrap-anywhere text-ink-soft">
            {link}
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          <Button size="small" onClick={() => void copy()}>
            {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
            <span aria-live="polite">{t(copied ? 'copied' : 'copy')}</span>
          </Button>
          <LinkButton href={`/classes/${classId}/settings#joining`} size="small" tone="quiet" prefetch={false}>
            {t('change')}
          </LinkButton>
        </div>
      </div>
    </section>
  )
}
