import { CircleCheck } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ContentProblem } from '@/lib/learn/catalogue'
import { code } from './code'

/** What keeps exercises and topics out of the catalogue, by file. */
export function ContentProblems({ problems }: { problems: readonly ContentProblem[] }) {
  const t = useTranslations('admin.health')
  return (
    <section aria-labelledby="problems">
      <h2 id="problems" className="mb-3 text-title font-semibold">
        {t('problemList')}
      </h2>
      {problems.length === 0 ? (
        <p className="flex items-start gap-2 text-body text-ink-soft">
          <CircleCheck aria-hidden className="mt-1 size-4.5 shrink-0 text-good" />
          {t('noProblems')}
        </p>
      ) : (
        <>
          <p className="mb-3 text-ui text-ink-soft">{t.rich('problemsHelp', { code })}</p>
          <ul className="border-t border-line-strong text-ui">
            {problems.map(({ file, rule, message }, index) => (
              <li key={index} className="border-b border-line py-2.5">
                <p className="flex flex-wrap items-baseline gap-x-3 text-small">
                  <span className="min-w-0 font-mono wrap-anywhere">{file}</span>
                  <span className="font-mono text-ink-soft">{rule}</span>
                </p>
                <p lang="en" className="mt-0.5 wrap-anywhere whitespace-pre-line">
                  {message}
                </p>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
