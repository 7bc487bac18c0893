import { useLocale, useTranslations } from 'next-intl'
import type { NamedMisconception } from '@/lib/contract/analytics'

/** The misconceptions that were recognised, in the words of the hint that students see. */
export function MisconceptionList({ misconceptions }: { misconceptions: readonly NamedMisconception[] }) {
  const t = useTranslations('insight.analytics')
  const locale = useLocale()
  if (misconceptions.length === 0) return <p className="text-ui text-ink-soft">{t('misconceptions.none')}</p>
  const number = 'w-px py-2 pl-4 text-right align-top whitespace-nowrap figures'
  return (
    <table aria-label={t('misconceptions.title')} className="w-full border-collapse text-ui">
      <thead>
        <tr className="border-b border-line-strong text-small text-ink-soft">
          <th scope="col" className="pb-1.5 text-left font-medium">{t('misconceptions.hint')}</th>
          <th scope="col" className="pb-1.5 pl-4 text-right font-medium whitespace-nowrap">{t('rules.students')}</th>
          <th scope="col" className="pb-1.5 pl-4 text-right font-medium whitespace-nowrap">{t('rules.now')}</th>
        </tr>
      </thead>
      <tbody>
        {misconceptions.map(({ file, hint, students, now }) => (
          <tr key={file} className="border-b border-line">
            <th scope="row" className="py-2 text-left font-normal">
              <span className="block">{hint?.[locale] ?? t('misconceptions.unknown')}</span>
              <code className="text-small text-ink-soft">{file.replace(/\.ts$/, '')}</code>
            </th>
            <td className={number}>{students}</td>
            <td className={number}>{now}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
