import { describe, expect, it } from 'vitest'
import { reconcile, type LocalDraft } from '@/app/exercises/[exercise]/_state/draft'
import type { DraftView } from '@/lib/contract/submission'

const EARLY = '2026-01-01T10:00:00.000Z'
const LATE = '2026-01-01T11:00:00.000Z'

const server = (source: string, updatedAt: string): DraftView => ({ source, ownTests: '', updatedAt })
const local = (source: string, more: Partial<LocalDraft>): LocalDraft => ({
  source,
  ownTests: '',
  editedAt: Date.parse(EARLY),
  base: null,
  dirty: false,
  ...more,
})

describe('two copies of a draft', () => {
  it('are the starter when there is neither', () => {
    expect(reconcile(null, null)).toEqual({ use: null, other: null })
  })

  it('are the server’s in a new browser', () => {
    const decided = reconcile(null, server('s', LATE))
    expect(decided).toMatchObject({ use: { source: 's', base: LATE, dirty: false }, other: null })
  })

  it('are this browser’s, to be sent, when the server has none', () => {
    const decided = reconcile(local('l', {}), null)
    expect(decided).toMatchObject({ use: { source: 'l', base: null, dirty: true }, other: null })
  })

  it('go on from the server when this browser only lags behind', () => {
    const decided = reconcile(local('l', { base: EARLY, dirty: false }), server('s', LATE))
    expect(decided).toMatchObject({ use: { source: 's', base: LATE }, other: null })
  })

  it('go on here when the server lags behind', () => {
    const decided = reconcile(local('l', { base: EARLY, dirty: true }), server('s', EARLY))
    expect(decided).toMatchObject({ use: { source: 'l', base: EARLY, dirty: true }, other: null })
  })

  it('keep the older when both went on, and show the newer: here', () => {
    const decided = reconcile(local('l', { dirty: true, editedAt: Date.parse(LATE) }), server('s', EARLY))
    expect(decided).toMatchObject({ use: { source: 'l', base: EARLY, dirty: true }, other: { source: 's' } })
  })

  it('keep the older when both went on, and show the newer: there', () => {
    const decided = reconcile(local('l', { dirty: true, editedAt: Date.parse(EARLY) }), server('s', LATE))
    expect(decided).toMatchObject({ use: { source: 's', base: LATE, dirty: false }, other: { source: 'l' } })
  })

  it('are one when they say the same, whatever their dates', () => {
    const decided = reconcile(local('same', { dirty: true }), server('same', LATE))
    expect(decided).toMatchObject({ use: { base: LATE, dirty: false }, other: null })
  })
})
