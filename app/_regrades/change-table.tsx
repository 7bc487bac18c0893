import { TrendingDown, TrendingUp } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { RegradeChange } from '@/lib/contract/regrade'
import { Badge } from '../_ui/badge'
import { Rows, Table, Td, Th, Tr } from '../_ui/table'

/** Who gains and who loses, with the score before and after. */
export function ChangeTable({ changes, hidden }: { changes: RegradeChange[]; hidden: number }) {
  const t = useTranslations('regrades')
  return (
    <section className="mt-8" aria-labelledby="changes">
      <h3 id="changes" className="mb-3 text-title font-semibold">
        {t('changes')}
      </h3>
      <Table
        label={t('changes')}
        head={
          <>
            <Th className="w-full">{t('columns.learner')}</Th>
            <Th className="min-w-28">{t('columns.change')}</Th>
            <Th className="min-w-32">{t('columns.before')}</Th>
            <Th right>{t('columns.after')}</Th>
          </>
        }
      >
        <Rows>
          {changes.map(({ learner, change, before, after }) => (
            <Tr key={learner.id}>
              <Td>{learner.name}</Td>
              <Td>
                <Badge tone={change === 'gain' ? 'good' : 'bad'}>
                  {change === 'gain' ? <TrendingUp aria-hidden /> : <TrendingDown aria-hidden />}
                  {t(change)}
                </Badge>
              </Td>
              <Td>
                <Standing standing={before} />
              </Td>
              <Td right>
                <Standing standing={after} />
              </Td>
            </Tr>
          ))}
        </Rows>
      </Table>
      {hidden > 0 && <p className="mt-3 text-small text-ink-soft">{t('more', { count: hidden })}</p>}
    </section>
  )
}

function Standing({ standing }: { standing: RegradeChange['before'] }) {
  const t = useTranslations('regrades')
  if (!standing) return '–'
  const { score, maxScore, passed } = standing
  const text = t(passed ? 'standingPassed' : 'standing', { score, max: maxScore })
  return <span className="figures whitespace-nowrap">{text}</span>
}
