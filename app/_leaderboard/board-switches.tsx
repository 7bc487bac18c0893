import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { BOARD_SPANS } from '@/lib/contract/leaderboard'
import { LinkHint } from '../_ui/link-hint'
import { PillLink } from '../_ui/pill-link'
import { type BoardPlace, boardHref } from './board-place'
import { LinkMenu } from './link-menu'

/** A scope to choose: a link, or a menu of some of a kind. */
export interface ScopeGroup {
  /** Name of the kind; the link's own name for a group of one without a menu. */
  name: string
  /** Null for a link of its own. */
  menu: readonly { name: string; scope: BoardPlace['scope'] }[] | null
}

/** Chooses whose board it is, and of which time. All of it are links, so that each board has its address. */
export function BoardSwitches({ place, groups }: { place: BoardPlace; groups: readonly ScopeGroup[] }) {
  const t = useTranslations('leaderboard')
  const isWhole = Object.values(place.scope).every((each) => each === undefined)
  return (
    <div className="mb-8 flex flex-wrap items-center justify-between gap-x-8 gap-y-3">
      <nav aria-label={t('scope.label')} className="relative max-sm:w-full">
        <ul className="flex flex-wrap items-center gap-1.5">
          {groups.map(({ name, menu }) => (
            <li key={name}>
              {menu === null ? (
                <PillLink href={boardHref({ ...place, scope: {} })} isCurrent={isWhole} scroll={false}>{name}</PillLink>
              ) : (
                <LinkMenu
                  name={name}
                  links={menu.map((each) => ({
                    name: each.name,
                    href: boardHref({ ...place, scope: each.scope }),
                    isCurrent: !isWhole && isSame(each.scope, place.scope),
                  }))}
                />
              )}
            </li>
          ))}
        </ul>
      </nav>
      <nav aria-label={t('span.label')}>
        <ul className="flex rounded-md border border-line-strong p-0.5">
          {BOARD_SPANS.map((span) => (
            <li key={span}>
              <Link
                href={boardHref({ ...place, span, day: span === place.span ? place.day : undefined })}
                prefetch={false}
                scroll={false}
                aria-current={span === place.span ? 'page' : undefined}
                className={
                  'flex h-8 items-center rounded-sm px-3 text-ui font-medium text-ink-soft transition-colors ' +
                  'hover:text-ink aria-[current=page]:bg-ink aria-[current=page]:text-paper'
                }
              >
                {t(`span.${span}`)}
                <LinkHint />
              </Link>
            </li>
          ))}
        </ul>
      </nav>
    </div>
  )
}

function isSame(one: BoardPlace['scope'], other: BoardPlace['scope']): boolean {
  return one.topic === other.topic && one.section === other.section && one.set === other.set
}
