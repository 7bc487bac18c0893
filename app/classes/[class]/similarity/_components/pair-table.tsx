import { useFormatter, useTranslations } from 'next-intl'
import Link from 'next/link'
import type { ComparedProgram, SimilarPair } from '@/lib/contract/similarity'
import { Badge } from '../../../../_ui/badge'
import { Rows, Table, Td, Th, Tr } from '../../../../_ui/table'
import { ClassTime } from '../../../../_ui/class-time'

/** Pairs of programs, the most alike first; each leads to both side by side. */
export function PairTable({ path, label, zone, pairs }: {
  path: string
  label: string
  /** Of the class. */
  zone: string
  pairs: readonly SimilarPair[]
}) {
  const t = useTranslations('insight.similarity')
  const head = (
    <>
      <Th className="w-44">{t('share')}</Th>
      <Th>{t('one')}</Th>
      <Th>{t('other')}</Th>
      <Th>
        <span className="sr-only">{t('look')}</span>
      </Th>
    </>
  )
  return (
    <Table label={label} head={head}>
      <Rows>
        {pairs.map(({ one, other, percent, shared, of }) => (
          <Tr key={`${one.submissionId} ${other.submissionId}`}>
            <Td className="max-sm:col-span-2">
              <Share percent={percent} title={t('shared', { shared, of })} />
            </Td>
            <Td>
              <Program program={one} zone={zone} />
            </Td>
            <Td className="max-sm:col-start-1">
              <Program program={other} zone={zone} />
            </Td>
            <Td right className="max-sm:col-start-2 max-sm:row-start-2">
              <Link
                href={`${path}/${one.submissionId}/${other.submissionId}`} prefetch={false}
                className="text-link whitespace-nowrap"
                aria-label={t('lookAt', { one: one.student.name, other: other.student.name })}
              >
                {t('look')}
              </Link>
            </Td>
          </Tr>
        ))}
      </Rows>
    </Table>
  )
}

function Share({ percent, title }: { percent: number; title: string }) {
  const format = useFormatter()
  return (
    <span className="flex items-center gap-3" title={title}>
      <span className="w-12 shrink-0 text-right font-medium figures">
        {format.number(percent / 100, { style: 'percent' })}
      </span>
      <svg aria-hidden width="100%" height="8" className="min-w-16">
        <rect width="100%" height="8" rx="4" className="fill-line" />
        <rect width={`${percent}%`} height="8" rx="4" className="fill-accent" />
      </svg>
    </span>
  )
}

/** Whose program, with how many points and from when; and of which class, if it is another. */
export function Program({ program, zone }: { program: ComparedProgram; zone: string }) {
  const { student, otherClass, score, maxScore, submittedAt } = program
  const t = useTranslations('insight.similarity')
  const className = otherClass && (otherClass.term ? t('otherClass', otherClass) : otherClass.name)
  return (
    <span className="block py-1">
      <span className="flex flex-wrap items-center gap-x-2">
        {student.name}
        {className && <Badge>{className}</Badge>}
      </span>
      <span className="block text-small text-ink-soft figures">
        {t('score', { score, max: maxScore })} · <ClassTime at={submittedAt} zone={zone} />
      </span>
    </span>
  )
}
