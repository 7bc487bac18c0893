'use client'

import { useSyncExternalStore } from 'react'
import { parseTheme, type Theme, THEME_COOKIE } from './theme'

const DARK = '(prefers-color-scheme: dark)'
const YEAR_SECONDS = 31_536_000

function subscribe(changed: () => void): () => void {
  const system = window.matchMedia(DARK)
  const observer = new MutationObserver(changed)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  system.addEventListener('change', changed)
  return () => {
    observer.disconnect()
    system.removeEventListener('change', changed)
  }
}

function chosenTheme(): Theme {
  return parseTheme(document.documentElement.dataset.theme)
}

/** What the reader chose. `initial` is what the server knows of it. */
export function useTheme(initial: Theme): Theme {
  return useSyncExternalStore(subscribe, chosenTheme, () => initial)
}

/** The theme that is on the screen, for parts that are not styled by CSS (the editor). */
export function useShownTheme(): 'light' | 'dark' {
  return useSyncExternalStore(
    subscribe,
    () => {
      const chosen = chosenTheme()
      if (chosen !== 'system') return chosen
      return window.matchMedia(DARK).matches ? 'dark' : 'light'
    },
    () => 'light',
  )
}

/** Changes the theme at once and for the next pages. */
export function setTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`
}
