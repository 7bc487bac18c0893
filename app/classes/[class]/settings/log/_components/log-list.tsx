import { useTranslations } from 'next-intl'
import type { ClassLogEntry } from '@/lib/contract/class-log'
import { ClassTime } from '../../../../../_ui/class-time'
import { Rows, Table, Td, Th, Tr } from '../../../../../_ui/table'
import { useLogText } from './log-text'

/** Entries of a class's log, the latest first, with times on the clocks of the class. */
export function LogList({ entries, zone }: { entries: ClassLogEntry[]; zone: string }) {
  const t = useTranslations('classes.log')
  const text = useLogText()
  return (
    <Table
      label={t('title')}
      head={
        <>
          <Th>{t('columns.at', { zone })}</Th>
          <Th>{t('columns.actor')}</Th>
          <Th className="w-full">{t('columns.what')}</Th>
        </>
      }
    >
      <Rows>
        {entries.map((entry) => (
          <Tr key={entry.id}>
            <Td className="text-small whitespace-nowrap text-ink-soft max-sm:order-2 max-sm:col-span-2">
              <ClassTime at={entry.at} zone={zone} />
            </Td>
            <Td className="max-sm:col-span-2 sm:min-w-40 sm:max-w-56">
              <span className="font-medium wrap-anywhere">{entry.actor ?? t(actorOf(entry))}</span>
            </Td>
            <Td className="max-sm:order-1 max-sm:col-span-2">
              <span className="wrap-anywhere">{text(entry)}</span>
            </Td>
          </Tr>
        ))}
      </Rows>
    </Table>
  )
}

/** Nobody's name stands beside what somebody did whose account is gone, such as deleting it. */
function actorOf({ action }: ClassLogEntry): 'formerMember' | 'somebodyGone' {
  return action === 'class.member-deleted-account' ? 'formerMember' : 'somebodyGone'
}
