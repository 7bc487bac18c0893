'use client'

import { useSearchParams } from 'next/navigation'
import { useCallback, useEffect, useRef, useState } from 'react'
import { type Filters, filtersToQuery, parseFilters } from './filters'

/** How long typing must rest before the address follows; browsers refuse to have it changed with every key. */
const REST_MS = 250

/**
 * The filters, kept in the address: going back, reloading and sharing keep them, and nothing is asked of the server.
 * A chosen filter is a step of its own for the back button; so is a search, but not each of its letters.
 */
export function useFilters() {
  const params = useSearchParams()
  const [filters, setFilters] = useState(() => parseFilters(params))
  /** What the address says as far as this page knows. */
  const written = useRef(filtersToQuery(filters))
  const typing = useRef(false)
  const waiting = useRef<{ timer: ReturnType<typeof setTimeout>; query: string } | null>(null)

  const write = useCallback((query: string, how: 'pushState' | 'replaceState') => {
    if (query === written.current) return
    written.current = query
    window.history[how](null, '', `${window.location.pathname}${query}`)
  }, [])

  /** Brings the address up to date at once; whatever is typed next is a new step. */
  const settle = useCallback(() => {
    if (waiting.current) {
      clearTimeout(waiting.current.timer)
      write(waiting.current.query, 'replaceState')
    }
    waiting.current = null
    typing.current = false
  }, [write])

  const change = useCallback((next: Filters) => {
    settle()
    setFilters(next)
    write(filtersToQuery(next), 'pushState')
  }, [settle, write])

  const type = useCallback((next: Filters) => {
    setFilters(next)
    const query = filtersToQuery(next)
    if (waiting.current) clearTimeout(waiting.current.timer)
    if (!typing.current) write(query, 'pushState')
    else waiting.current = { query, timer: setTimeout(() => write(query, 'replaceState'), REST_MS) }
    typing.current = true
  }, [write])

  /** Takes over what the address says, when somebody else has changed it. */
  const adopt = useCallback(() => {
    const said = parseFilters(new URLSearchParams(window.location.search))
    const query = filtersToQuery(said)
    if (query === written.current) return
    if (waiting.current) clearTimeout(waiting.current.timer)
    waiting.current = null
    typing.current = false
    written.current = query
    setFilters(said)
  }, [])

  // Steps back and forth are heard of at once; of a link to this page Next tells by its parameters.
  useEffect(() => {
    const path = window.location.pathname
    const onStep = () => {
      if (window.location.pathname === path) adopt()
    }
    window.addEventListener('popstate', onStep)
    return () => window.removeEventListener('popstate', onStep)
  }, [adopt])
  useEffect(adopt, [params, adopt])

  useEffect(() => () => {
    if (waiting.current) clearTimeout(waiting.current.timer)
  }, [])

  return { filters, change, type, settle }
}
