import { Check, CircleDot, PenLine, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { cx } from '../../../../_ui/cx'

/** What the signs in the cells mean, and which keys move among them. */
export function Legend() {
  const t = useTranslations('gradebook')
  return (
    <footer className="flex flex-col gap-2 text-small text-ink-soft">
      <ul className="flex flex-wrap gap-x-4 gap-y-1.5">
        <Entry sign={<Check />} tint="bg-good-soft text-good">{t('cell.state.full')}</Entry>
        <Entry sign={<CircleDot />} tint="bg-warn-soft text-warn">{t('cell.state.part')}</Entry>
        <Entry sign={<X />} tint="bg-bad-soft text-bad">{t('cell.state.zero')}</Entry>
        <Entry sign="–">{t('cell.state.none')}</Entry>
        <Entry sign="·">{t('cell.state.closed')}</Entry>
        <Entry sign={<PenLine />}>{t('cell.overridden')}</Entry>
        <Entry sign="+2">{t('legend.late')}</Entry>
        <Entry sign="(8)">{t('legend.brackets')}</Entry>
      </ul>
      <p className="max-sm:hidden">{t('legend.keys')}</p>
    </footer>
  )
}

function Entry({ sign, tint, children }: { sign: ReactNode; tint?: string; children: ReactNode }) {
  return (
    <li className="flex items-center gap-1.5">
      <span
        aria-hidden
        className={cx(
          'grid h-5 min-w-6 place-items-center rounded-sm border border-line px-1 font-medium figures [&_svg]:size-3.5',
          tint,
        )}
      >
        {sign}
      </span>
      {children}
    </li>
  )
}
