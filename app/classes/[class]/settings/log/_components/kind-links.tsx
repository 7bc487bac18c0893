import { useTranslations } from 'next-intl'
import { CLASS_LOG_KINDS, type ClassLogKind } from '@/lib/contract/class-log'
import { PillLink } from '../../../../../_ui/pill-link'

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
            <PillLink href={href} isCurrent={current}>{name}</PillLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
