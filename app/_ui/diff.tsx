import { useTranslations } from 'next-intl'
import { cx } from './cx'

const KINDS = {
  '-': { colour: 'bg-good-soft text-good', word: 'expected' },
  '+': { colour: 'bg-bad-soft text-bad', word: 'received' },
} as const

/**
 * A unified line diff as text: lines that begin with "-" were expected, those with "+" were received. The signs
 * stay visible and each changed line is named for screen readers, so nothing rests on colour.
 */
export function Diff({ text, className }: { text: string; className?: string }) {
  const t = useTranslations('common.diff')
  const lines = text.replace(/\n$/, '').split('\n')
  return (
    <div
      tabIndex={0}
      role="group"
      aria-label={t('label')}
      className={cx('overflow-x-auto rounded-md border border-line bg-sunken py-1.5', className)}
    >
      <pre className="w-max min-w-full text-ui">
        {lines.map((line, index) => {
          const kind = line[0] === '-' || line[0] === '+' ? KINDS[line[0]] : null
          return (
            <span key={index} className={cx('block px-3', kind?.colour ?? 'text-ink-soft')}>
              {kind && <span className="sr-only">{t(kind.word)} </span>}
              {line || ' '}
            </span>
          )
        })}
      </pre>
    </div>
  )
}
