import { CircleCheck, CircleX, ShieldCheck, ShieldOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { GraderHealth } from '@/lib/contract/health'
import { Badge } from '../../_ui/badge'
import { Table, Td, Th } from '../../_ui/table'

export function GraderTable({ graders }: { graders: GraderHealth[] }) {
  const t = useTranslations('admin.health')
  return (
    <Table label={t('graders')}>
      <thead>
        <tr>
          <Th>{t('columns.state')}</Th>
          <Th right>{t('columns.concurrency')}</Th>
          <Th>{t('columns.runtime')}</Th>
          <Th className="w-full">{t('columns.layers')}</Th>
          <Th right>{t('columns.seen')}</Th>
        </tr>
      </thead>
      <tbody>
        {graders.map((grader, index) => (
          <tr key={index}>
            <Td>
              <Badge tone={grader.alive ? 'good' : 'bad'}>
                {grader.alive ? <CircleCheck aria-hidden /> : <CircleX aria-hidden />}
                {grader.alive ? t('alive') : t('silent')}
              </Badge>
            </Td>
            <Td right className="figures">
              {grader.concurrency}
            </Td>
            <Td className="whitespace-nowrap">{grader.runtimeVersion}</Td>
            <Td>
              <Layers layers={grader.layers} />
            </Td>
            <Td right className="whitespace-nowrap figures">
              {t('ago', { seconds: grader.silentSeconds })}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

function Layers({ layers }: { layers: GraderHealth['layers'] }) {
  const t = useTranslations('admin.health')
  const entries = Object.entries(layers)
  if (entries.length === 0) return <span className="text-ink-soft">{t('noLayers')}</span>
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-small">
      {entries.map(([layer, on]) => (
        <li key={layer} className="flex items-center gap-1.5 whitespace-nowrap">
          {on ? (
            <ShieldCheck aria-hidden className="size-4 text-good" />
          ) : (
            <ShieldOff aria-hidden className="size-4 text-warn" />
          )}
          {t(on ? 'layerOn' : 'layerOff', { layer })}
        </li>
      ))}
    </ul>
  )
}
