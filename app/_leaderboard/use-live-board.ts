'use client'

import { useCallback, useEffect, useReducer, useState } from 'react'
import type { BoardView } from '@/lib/contract/leaderboard'
import { followBoard } from './board-feed'

/**
 * Whether a board shows what is: `still` before the stream has answered and for boards that are not followed, `live`
 * while changes arrive, `paused` by the reader, `down` while the stream is broken.
 */
export type Liveness = 'still' | 'live' | 'paused' | 'down'

export interface LiveBoard {
  view: BoardView
  state: Liveness
  /** As of when the figures are known to be right, milliseconds since 1970. */
  asOf: number
}

type Action =
  | { type: 'view'; view: BoardView; at: number }
  | { type: 'state'; state: Liveness; at: number }

function reduce(board: LiveBoard, action: Action): LiveBoard {
  if (action.type === 'view') return { ...board, view: action.view, asOf: action.at }
  // Until the line broke, or was let go, nothing had changed.
  const asOf = board.state === 'live' ? action.at : board.asOf
  return board.state === action.state ? board : { ...board, state: action.state, asOf }
}

/**
 * The board as it changes, while the tab is looked at. A new `initial`, of this board or another one, takes its place.
 * @param url of its events; null for a board that is not followed
 */
export function useLiveBoard(initial: BoardView, { url, readAt }: { url: string | null; readAt: number }) {
  const [board, dispatch] = useReducer(reduce, { view: initial, state: 'still', asOf: readAt })
  const [begun, setBegun] = useState(initial)
  if (begun !== initial) {
    setBegun(initial)
    dispatch({ type: 'view', view: initial, at: readAt })
  }
  const isPaused = board.state === 'paused'

  useEffect(() => {
    if (url === null || isPaused) return
    let following: AbortController | undefined
    const follow = (): void => {
      following?.abort()
      if (document.visibilityState === 'hidden') {
        dispatch({ type: 'state', state: 'still', at: Date.now() })
        return
      }
      following = new AbortController()
      followBoard(url, {
        onView: (view) => dispatch({ type: 'view', view, at: Date.now() }),
        onState: (state) => dispatch({ type: 'state', state, at: Date.now() }),
      }, following.signal)
    }
    follow()
    document.addEventListener('visibilitychange', follow)
    return () => {
      document.removeEventListener('visibilitychange', follow)
      following?.abort()
    }
  }, [url, isPaused])

  const setPaused = useCallback((paused: boolean) => {
    dispatch({ type: 'state', state: paused ? 'paused' : 'still', at: Date.now() })
  }, [])
  return { ...board, setPaused }
}
