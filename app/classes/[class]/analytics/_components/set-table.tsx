import { useTranslations } from 'next-intl'
import Link from 'next/link'
import type { SetFigures } from '@/lib/contract/analytics'
import { Rows, Table, Td, Th, Tr } from '../../../../_ui/table'
import { Bar } from './bars'
import { ClassTime } from '../../../../_ui/class-time'
import { useFigures } from './use-figures'

/** The sets of a class with how many have started each. */
export function SetTable({ path, zone, sets }: { path: string; zone: string; sets: readonly SetFigures[] }) {
  const t = useTranslations('insight.analytics')
  const { points } = useFigures()
  const head = (
    <>
      <Th>{t('sets.set')}</Th>
      <Th>{t('sets.due')}</Th>
      <Th className="w-1/4">{t('sets.started')}</Th>
      <Th right>{t('sets.median')}</Th>
    </>
  )
  return (
    <Table label={t('sets.label')} head={head}>
      <Rows>
        {sets.map(({ set, students, started, medianMark, max }) => (
          <Tr key={set.id}>
            <Td>
              <Link href={`${path}/${set.id}`} prefetch={false} className="text-link font-medium">
                {set.title}
              </Link>
            </Td>
            <Td className="text-ink-soft max-sm:col-start-2">
              <ClassTime at={set.dueAt} zone={zone} />
            </Td>
            <Td>
              <span className="flex items-center gap-3">
                <span className="w-24 shrink-0 whitespace-nowrap figures">
                  {t('facts.of', { value: started, all: students })}
                </span>
                <span className="min-w-16 flex-1">
                  <Bar share={students > 0 ? started / students : 0} />
                </span>
              </span>
            </Td>
            <Td right className="whitespace-nowrap figures">
              {t('facts.of', { value: points(medianMark), all: points(max) })}
            </Td>
          </Tr>
        ))}
      </Rows>
    </Table>
  )
}
