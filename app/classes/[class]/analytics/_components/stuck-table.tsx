import { useTranslations } from 'next-intl'
import Link from 'next/link'
import type { StuckStudent } from '@/lib/contract/analytics'
import { MOST_LOOKED_AT } from '@/lib/learn/classes/stuck'
import { Rows, Table, Td, Th, Tr } from '../../../../_ui/table'
import { ClassTime } from '../../../../_ui/class-time'

/** Lines that are shown before the others fold away. */
const SHOWN = 8

interface Props {
  classId: string
  /** Of the class. */
  zone: string
  stuck: readonly StuckStudent[]
  /** Title of an exercise; the column is left out without it. */
  titleOf?: (exercise: string) => string
}

/** Who does not get on, and where; each name leads to the student's submissions. */
export function StuckTable({ stuck, ...props }: Props) {
  const t = useTranslations('insight.analytics.stuck')
  if (stuck.length === 0) return <p className="text-ui text-ink-soft">{t('none')}</p>
  const rest = stuck.slice(SHOWN)
  return (
    <>
      <Lines {...props} stuck={stuck.slice(0, SHOWN)} />
      {rest.length > 0 && (
        <details className="mt-3 text-ui">
          <summary className="text-accent">{t('more', { count: rest.length })}</summary>
          <div className="mt-3">
            <Lines {...props} stuck={rest} />
          </div>
        </details>
      )}
    </>
  )
}

function Lines({ classId, zone, stuck, titleOf }: Props) {
  const t = useTranslations('insight.analytics')
  const head = (
    <>
      <Th>{t('stuck.student')}</Th>
      {titleOf && <Th>{t('stuck.exercise')}</Th>}
      <Th>{t('stuck.where')}</Th>
      <Th right>{t('stuck.times')}</Th>
      <Th right>{t('stuck.last')}</Th>
    </>
  )
  return (
    <Table label={t('stuck.title')} head={head}>
      <Rows>
        {stuck.map(({ student, itemId, exercise, rule, reason, times, at }) => (
          <Tr key={`${student.id} ${itemId}`}>
            <Td>
              <Link
                href={`/classes/${classId}/gradebook/${student.id}/${itemId}`}
                prefetch={false}
                className="text-link"
              >
                {student.name}
              </Link>
            </Td>
            {titleOf && <Td className="max-sm:col-start-1">{titleOf(exercise)}</Td>}
            <Td className="max-sm:col-span-2 max-sm:row-start-3">
              {rule ? rule.name : reason && t(`reason.${reason}`)}
            </Td>
            <Td right className="figures max-sm:col-start-2 max-sm:row-start-1">
              {times >= MOST_LOOKED_AT ? t('stuck.orMore', { count: times }) : times}
            </Td>
            <Td right className="text-ink-soft max-sm:col-start-2 max-sm:row-start-2">
              <ClassTime at={at} zone={zone} />
            </Td>
          </Tr>
        ))}
      </Rows>
    </Table>
  )
}
