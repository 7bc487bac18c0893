import { CircleCheck, CircleX, ShieldCheck, ShieldOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { GraderHealth } from '@/lib/contract/health'
import { Badge } from '../../_ui/badge'
import { useDuration } from './use-duration'

/** Each grader with what it is and which layers of hardening its own probes found in force. */
export function GraderList({ graders }: { graders: GraderHealth[] }) {
  const t = useTranslations('admin.health')
  const duration = useDuration()
  return (
    <ul className="border-t border-line-strong">
      {graders.map((grader, index) => (
        <li key={index} className="flex flex-col gap-3 border-b border-line py-4">
          <div className="flex flex-wrap items-center gap-x-6 gap-y-2 text-ui">
            <Badge tone={grader.alive ? 'good' : 'bad'}>
              {grader.alive ? <CircleCheck aria-hidden /> : <CircleX aria-hidden />}
              {grader.alive ? t('alive') : t('silent')}
            </Badge>
            <span className="font-medium">{grader.runtimeVersion}</span>
            <span className="text-ink-soft figures">{t('concurrency', { count: grader.concurrency })}</span>
            <span className="text-ink-soft figures sm:ml-auto">
              {t('ago', { time: duration(grader.silentSeconds) })}
            </span>
          </div>
          <Layers layers={grader.layers} />
        </li>
      ))}
    </ul>
  )
}

function Layers({ layers }: { layers: GraderHealth['layers'] }) {
  const t = useTranslations('admin.health')
  const entries = Object.entries(layers).sort(([a], [b]) => (a < b ? -1 : 1))
  if (entries.length === 0) return <p className="text-small text-ink-soft">{t('noLayers')}</p>
  return (
    <div className="flex flex-col gap-1.5">
      <p className="text-small text-ink-soft figures">
        {t('layersOf', { on: entries.filter(([, on]) => on).length, total: entries.length })}
      </p>
      <ul className="grid gap-x-6 gap-y-1 text-small sm:grid-cols-2 lg:grid-cols-3">
        {entries.map(([layer, on]) => (
          <li key={layer} className="flex items-start gap-1.5">
            {on ? (
              <ShieldCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-good" />
            ) : (
              <ShieldOff aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
            )}
            <span className="min-w-0 wrap-anywhere">{t(on ? 'layerOn' : 'layerOff', { layer })}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
