'use client'

import { CircleX, Info, Terminal, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { RunConsoleLine } from '@/lib/runner/results'
import { cx } from '../../../_ui/cx'
import { PlaceButton } from './go-to'
import { Quiet } from './quiet'

const LOOKS = {
  log: { Icon: null, colour: 'text-ink' },
  debug: { Icon: null, colour: 'text-ink-soft' },
  info: { Icon: Info, colour: 'text-ink' },
  warn: { Icon: TriangleAlert, colour: 'text-warn' },
  error: { Icon: CircleX, colour: 'text-bad' },
} as const

/** What the code printed, under the test that was running, each line with the place that printed it. */
export function ConsoleList({ lines, silenced }: { lines: readonly RunConsoleLine[]; silenced: boolean }) {
  const t = useTranslations('workspace.console')
  if (lines.length === 0) return <Quiet icon={<Terminal />} title={t('none')} text={t('noneText')} />
  return (
    <div>
      <ol className="flex flex-col">
        {lines.map((line, index) => (
          <li key={index}>
            {line.test !== lines[index - 1]?.test && (
              <p className={cx('text-small font-medium text-ink-soft', index > 0 && 'mt-3')}>
                {line.test ?? t('loading')}
              </p>
            )}
            <Line line={line} />
          </li>
        ))}
      </ol>
      {silenced && <p className="mt-3 text-small text-ink-soft">{t('silenced')}</p>}
    </div>
  )
}

function Line({ line }: { line: RunConsoleLine }) {
  const t = useTranslations('workspace.console.level')
  const { Icon, colour } = LOOKS[line.level]
  const [place] = line.places
  return (
    <div className="flex items-start gap-3 border-b border-line py-1">
      <pre className={cx('min-w-0 flex-1 overflow-x-auto text-small break-words whitespace-pre-wrap', colour)}>
        {Icon && <Icon aria-hidden className="mr-1.5 inline size-3.5 align-[-0.15em]" />}
        <span className="sr-only">{t(line.level)}: </span>
        {line.text}
      </pre>
      {place && <PlaceButton place={place} className="shrink-0" />}
    </div>
  )
}
