import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { CLASS_LOG_KINDS, type ClassLogKind } from '@/lib/contract/class-log'
import { cx } from '../../../../../_ui/cx'

/** What the log is narrowed down to. */
export function KindLinks({ path, kind }: { path: string; kind: ClassLogKind | undefined }) {
  const t = useTranslations('classes.log')
  const links = [
    { href: path, name: t('all'), current: kind === undefined },
    ...CLASS_LOG_KINDS.map((each) => {
      return { href: `${path}?kind=${each}`, name: t(`kinds.${each}`), current: each === kind }
    }),
  ]
  return (
    <nav aria-label={t('filter')} className="mb-6">
      <ul className="flex flex-wrap gap-1.5">
        {links.map(({ href, name, current }) => (
          <li key={href}>
            <Link
              href={href}
              prefetch={false}
              aria-current={current ? 'page' : undefined}
              className={cx(
                'inline-flex h-8 items-center rounded-full border px-3 text-ui transition-colors',
                current ? 'border-accent bg-accent-soft text-ink' : 'border-line text-ink-soft hover:text-ink',
              )}
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
