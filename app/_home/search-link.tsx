'use client'

import { Search } from 'lucide-react'
import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useCallback } from 'react'
import { useSlashKey } from '../_catalogue/slash-key'
import { Kbd } from '../_ui/kbd'
import { LinkHint } from '../_ui/link-hint'

const SEARCH = '/exercises#search'

/** The way to the catalogue's search, by pointer and by the key that focuses it there. */
export function SearchLink({ count }: { count: number }) {
  const t = useTranslations('home')
  const router = useRouter()
  useSlashKey(useCallback(() => router.push(SEARCH), [router]))
  return (
    <Link
      href={SEARCH}
      aria-keyshortcuts="/"
      className={
        'flex h-11 basis-full items-center gap-2.5 rounded-md border border-line-strong bg-surface px-3.5 text-body ' +
        'text-ink-soft hover:bg-sunken hover:text-ink lg:mr-2 lg:flex-1 lg:basis-0'
      }
    >
      <Search aria-hidden className="size-4 shrink-0 text-ink-faint" />
      <span className="truncate">{t('search', { count })}</span>
      <span aria-hidden className="ml-auto max-lg:hidden">
        <Kbd>/</Kbd>
      </span>
      <LinkHint />
    </Link>
  )
}
