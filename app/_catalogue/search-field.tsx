'use client'

import { Search, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ChangeEvent, type KeyboardEvent, type RefObject, useState } from 'react'
import { Input } from '../_ui/field'
import { Kbd } from '../_ui/kbd'

/**
 * The search. Letters of an input method (pinyin, for example) are not words yet: they reach `onType` once they have
 * become characters.
 */
export function SearchField({ value, inputRef, onType, onFocus, onBlur, onKeyDown }: {
  value: string
  inputRef: RefObject<HTMLInputElement | null>
  onType: (value: string) => void
  onFocus: () => void
  onBlur: () => void
  onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void
}) {
  const t = useTranslations('catalogue.search')
  const [composed, setComposed] = useState<string | null>(null)

  function onChange(event: ChangeEvent<HTMLInputElement>) {
    if ((event.nativeEvent as InputEvent).isComposing) setComposed(event.target.value)
    else settle(event.target.value)
  }

  function settle(text: string) {
    setComposed(null)
    if (text !== value) onType(text)
  }

  function empty() {
    settle('')
    inputRef.current?.focus()
  }

  return (
    <div className="relative min-w-0 flex-1">
      <Search aria-hidden className="pointer-events-none absolute top-3.5 left-3.5 size-4 text-ink-faint" />
      <Input
        ref={inputRef}
        id="search"
        type="search"
        name="q"
        aria-label={t('label')}
        aria-keyshortcuts="/"
        placeholder={t('placeholder')}
        autoComplete="off"
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
        enterKeyHint="search"
        maxLength={200}
        value={composed ?? value}
        onChange={onChange}
        onCompositionEnd={(event) => settle(event.currentTarget.value)}
        onFocus={onFocus}
        onBlur={onBlur}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || event.nativeEvent.isComposing) return onKeyDown(event)
          event.preventDefault()
          empty()
        }}
        className="peer h-11! pr-10 pl-10 [&::-webkit-search-cancel-button]:hidden"
      />
      {value === '' ? (
        <Kbd className="pointer-events-none absolute top-3 right-3 peer-focus:invisible max-lg:hidden">/</Kbd>
      ) : (
        <button
          type="button"
          aria-label={t('empty')}
          onClick={empty}
          className="absolute top-1.5 right-1.5 grid size-8 place-items-center rounded-md text-ink-soft hover:bg-sunken"
        >
          <X aria-hidden className="size-4" />
        </button>
      )}
    </div>
  )
}
