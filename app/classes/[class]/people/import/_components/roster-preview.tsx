'use client'

import { useTranslations } from 'next-intl'
import { MAX_PEOPLE, MAX_SECTIONS } from '@/lib/contract/class-limits'
import { MAX_ROSTER_PEOPLE, type RosterOutcome, type RosterProblem, type RosterReport } from '@/lib/contract/roster'
import { Alert } from '../../../../../_ui/alert'
import { Button } from '../../../../../_ui/button'
import { Rows, Table, Td, Th, Tr } from '../../../../../_ui/table'

const LIMITS = { max: MAX_ROSTER_PEOPLE, sections: MAX_SECTIONS, people: MAX_PEOPLE }

/** What a roster would do: its problems by line, or else what happens to whom. */
export function RosterPreview({ report, pending, onImport }: {
  report: RosterReport
  pending: boolean
  onImport: () => void
}) {
  const t = useTranslations('classes.roster')
  const { people, newSections, ignoredColumns, problems, problemCount } = report
  const count = (...outcomes: RosterOutcome[]) => people.filter(({ outcome }) => outcomes.includes(outcome)).length
  if (problemCount > 0) return <Problems problems={problems} count={problemCount} />
  return (
    <section className="mt-8 flex flex-col gap-4">
      <div role="status" className="flex flex-col gap-1 text-body">
        <p className="font-medium figures">
          {t('summary', {
            invite: count('invite'), change: count('change-member', 'change-invitation'), unchanged: count('unchanged'),
          })}
        </p>
        {newSections.length > 0 && <p className="text-ui">{t('newSections', { names: newSections.join(', ') })}</p>}
        {ignoredColumns.length > 0 && (
          <p className="text-ui text-ink-soft">{t('ignored', { names: ignoredColumns.join(', ') })}</p>
        )}
      </div>
      <Button tone="primary" pending={pending} className="self-start" onClick={onImport}>
        {t('submit', { count: people.length })}
      </Button>
      <div
        tabIndex={0}
        role="region"
        aria-label={t('preview')}
        className="max-h-[32rem] overflow-auto rounded-md border border-line px-4 py-3"
      >
        <Table
          label={t('preview')}
          head={
            <>
              <Th>{t('columns.line')}</Th>
              <Th className="w-1/3">{t('columns.email')}</Th>
              <Th className="w-1/4">{t('columns.name')}</Th>
              <Th>{t('columns.section')}</Th>
              <Th>{t('columns.externalId')}</Th>
              <Th>{t('columns.outcome')}</Th>
            </>
          }
        >
          <Rows>
            {people.map(({ line, email, name, section, externalId, outcome }) => (
              <Tr key={line} className="[content-visibility:auto]">
                <Td className="text-ink-soft max-sm:hidden"><span className="figures">{line}</span></Td>
                <Td><span className="wrap-anywhere">{email}</span></Td>
                <Td>{name}</Td>
                <Td>{section}</Td>
                <Td><span className="figures">{externalId}</span></Td>
                <Td className="text-ink-soft max-sm:col-span-2">{t(`outcomes.${outcome}`)}</Td>
              </Tr>
            ))}
          </Rows>
        </Table>
      </div>
    </section>
  )
}

function Problems({ problems, count }: { problems: RosterProblem[]; count: number }) {
  const t = useTranslations('classes.roster')
  return (
    <section className="mt-8">
      <Alert tone="bad" live="assertive" title={t('problems', { count })}>
        {t('problemsText')}
      </Alert>
      <ul className="mt-4 divide-y divide-line border-y border-line text-ui">
        {problems.map(({ line, rule, column, value, otherLine }, index) => (
          <li key={index} className="flex flex-wrap gap-x-4 gap-y-1 py-2">
            <span className="w-20 shrink-0 font-medium figures">{t('line', { line })}</span>
            <span className="w-28 shrink-0 text-ink-soft">{column && t(`columns.${column}`)}</span>
            <span className="min-w-0 flex-1 basis-60 wrap-anywhere">
              {t(`rules.${rule}`, { ...LIMITS, value, otherLine: otherLine ?? 0 })}
            </span>
          </li>
        ))}
      </ul>
      {problems.length < count && (
        <p className="mt-3 text-small text-ink-soft">{t('more', { count: problems.length })}</p>
      )}
    </section>
  )
}
