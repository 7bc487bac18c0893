import { Search } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import type { KeyboardEvent, Ref } from 'react'
import { DIFFICULTIES } from '@/lib/contract/exercise'
import { cx } from '../_ui/cx'
import { Input } from '../_ui/field'
import { Kbd } from '../_ui/kbd'
import { Select } from '../_ui/select'
import type { CatalogueTopic } from './entry'
import { type Filters, STATES } from './filters'

/** Search and filters. A form, so that Enter works before the page's script does. */
export function FilterBar({ filters, topics, tags, signedIn, searchRef, onChange, onFocus, onKeyDown }: {
  filters: Filters
  topics: readonly CatalogueTopic[]
  tags: readonly string[]
  signedIn: boolean
  searchRef: Ref<HTMLInputElement>
  onChange: (change: Partial<Filters>) => void
  onFocus: () => void
  onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void
}) {
  const t = useTranslations('home.filters')
  const common = useTranslations('common')
  const locale = useLocale()

  return (
    <form
      role="search"
      action="/"
      onSubmit={(event) => event.preventDefault()}
      className="grid grid-cols-2 gap-2 lg:grid-cols-4 xl:flex"
    >
      <div className="relative col-span-2 lg:col-span-4 xl:flex-1">
        <Search aria-hidden className="pointer-events-none absolute top-3 left-3 size-4 text-ink-faint" />
        <Input
          ref={searchRef}
          type="search"
          name="q"
          aria-label={t('search')}
          aria-keyshortcuts="/"
          placeholder={t('placeholder')}
          autoComplete="off"
          spellCheck={false}
          value={filters.q}
          onChange={(event) => onChange({ q: event.target.value })}
          onFocus={onFocus}
          onKeyDown={onKeyDown}
          className="peer pr-10 pl-9 [&::-webkit-search-cancel-button]:hidden"
        />
        <Kbd className="pointer-events-none absolute top-2.5 right-2.5 peer-focus:invisible max-lg:hidden">/</Kbd>
      </div>
      <Select
        label={t('topic')}
        name="topic"
        value={filters.topic}
        onChange={(topic) => onChange({ topic })}
        className={cx('xl:w-56', !signedIn && 'col-span-2')}
      >
        <option value="">{t('allTopics')}</option>
        {topics.map((topic) => (
          <option key={topic.slug} value={topic.slug}>
            {topic.title[locale]}
          </option>
        ))}
      </Select>
      <Select
        label={t('difficulty')}
        name="difficulty"
        value={filters.difficulty}
        onChange={(difficulty) => onChange({ difficulty })}
      >
        <option value="">{t('anyDifficulty')}</option>
        {DIFFICULTIES.map((each) => (
          <option key={each} value={each}>
            {common(`difficulty.${each}`)}
          </option>
        ))}
      </Select>
      {signedIn && (
        <Select label={t('state')} name="state" value={filters.state} onChange={(state) => onChange({ state })}>
          <option value="">{t('anyState')}</option>
          {STATES.map((each) => (
            <option key={each} value={each}>
              {common(`state.${each}`)}
            </option>
          ))}
        </Select>
      )}
      <Select label={t('tag')} name="tag" value={filters.tag} onChange={(tag) => onChange({ tag })}>
        <option value="">{t('anyTag')}</option>
        {tags.map((tag) => (
          <option key={tag} value={tag}>
            {tag}
          </option>
        ))}
      </Select>
    </form>
  )
}
