import { useLocale, useTranslations } from 'next-intl'
import Link from 'next/link'
import type { ItemFigures } from '@/lib/contract/analytics'
import { Badge } from '../../../../_ui/badge'
import { Rows, Table, Td, Th, Tr } from '../../../../_ui/table'
import { useFigures } from './use-figures'

/** The exercises of a set in figures; each leads to its own page. */
export function ItemTable({ path, similarity, items }: {
  /** Of the set's page. */
  path: string
  /** Of the set's pages that compare programs. */
  similarity: string
  items: readonly ItemFigures[]
}) {
  const t = useTranslations('insight.analytics')
  const locale = useLocale()
  const { points, number, duration } = useFigures()
  const head = (
    <>
      <Th>{t('items.exercise')}</Th>
      <Th right>{t('facts.started')}</Th>
      <Th right>{t('facts.passed')}</Th>
      <Th right>{t('facts.medianMark')}</Th>
      <Th right>{t('items.attempts')}</Th>
      <Th right>{t('items.time')}</Th>
      <Th right>{t('facts.stuck')}</Th>
      <Th>
        <span className="sr-only">{t('items.compare')}</span>
      </Th>
    </>
  )
  return (
    <Table label={t('items.title')} head={head}>
      <Rows>
        {items.map((item) => {
          const title = item.title?.[locale] ?? item.exercise
          return (
            <Tr key={item.itemId} className="max-sm:grid-cols-2!">
              <Td className="max-sm:col-span-2">
                <span className="flex flex-wrap items-center gap-2">
                  <Link href={`${path}/${item.exercise}`} prefetch={false} className="text-link font-medium">
                    {title}
                  </Link>
                  {item.kind !== 'required' && <Badge>{t(`items.${item.kind}`)}</Badge>}
                </span>
              </Td>
              <Cell name={t('facts.started')} value={t('facts.of', { value: item.started, all: item.students })} />
              <Cell name={t('facts.passed')} value={String(item.passed)} />
              <Cell
                name={t('facts.medianMark')}
                value={t('facts.of', { value: points(item.medianMark), all: points(item.max) })}
              />
              <Cell name={t('items.attempts')} value={number(item.medianAttempts)} />
              <Cell name={t('items.time')} value={duration(item.medianTimeMs)} />
              <Cell name={t('facts.stuck')} value={String(item.stuck)} />
              <Td right className="max-sm:text-left!">
                <Link
                  href={`${similarity}/${item.exercise}`}
                  prefetch={false}
                  className="text-link text-small whitespace-nowrap"
                  aria-label={t('items.compareOf', { exercise: title })}
                >
                  {t('items.compare')}
                </Link>
              </Td>
            </Tr>
          )
        })}
      </Rows>
    </Table>
  )
}

/** On a phone, where the head of the table is not shown, a number says what it is. */
function Cell({ name, value }: { name: string; value: string }) {
  return (
    <Td right className="figures whitespace-nowrap max-sm:text-left!">
      <span aria-hidden className="mr-2 text-small text-ink-soft sm:hidden">{name}</span>
      {value}
    </Td>
  )
}
