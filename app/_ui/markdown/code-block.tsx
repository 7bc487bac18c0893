import { useTranslations } from 'next-intl'
import type { ComponentProps } from 'react'
import { cx } from '../cx'
import { CopyButton } from './copy-button'

/** A block of code that scrolls sideways by itself and can be copied. Takes what `pre` takes. */
export function CodeBlock({ className, children, numbered = false }: ComponentProps<'pre'> & { numbered?: boolean }) {
  const t = useTranslations('common.code')
  return (
    <div data-code className={cx('code-block group', numbered && 'code-block-numbered', className)}>
      <pre tabIndex={0} role="group" aria-label={t('label')}>
        {children}
      </pre>
      <CopyButton />
    </div>
  )
}
