'use client'

import { useCallback, useEffect, useReducer, useRef } from 'react'
import type { RunEnd, RunEvent } from '@/lib/runner/results'
import { createRunner, type Runner, type RunnerOptions, type RunRequest } from '@/lib/runner/runner'
import { NO_RUN, reduceRun, type RunState } from './run-state'

export interface Run {
  state: RunState
  /** Starts a run; one in progress is cancelled. Resolves with its end. */
  start: (request: RunRequest) => Promise<RunEnd>
  cancel: () => void
  /** Loads what Run needs, ahead of time. */
  warm: () => void
}

/** How often a run in progress is drawn, milliseconds. Most are over before the first time. */
const DRAW_MS = 150

/** Run of this page. Its runner lives as long as the page does. */
export function useRun({ frameUrl, compilerUrl, wasmUrls }: RunnerOptions): Run {
  const [state, dispatch] = useReducer(reduceRun, NO_RUN)
  const runner = useRef<Runner | null>(null)
  const turn = useRef(0)
  const urls = useRef({ frameUrl, compilerUrl, wasmUrls })

  const open = useCallback((): Runner => (runner.current ??= createRunner(urls.current)), [])

  useEffect(
    () => () => {
      runner.current?.dispose()
      runner.current = null
    },
    [],
  )

  const start = useCallback(
    async (request: RunRequest): Promise<RunEnd> => {
      turn.current += 1
      const mine = turn.current
      let waiting: RunEvent[] = []
      const take = (): RunEvent[] => {
        const events = waiting
        waiting = []
        return events
      }
      dispatch({ type: 'started' })
      const drawing = setInterval(() => {
        if (mine === turn.current) dispatch({ type: 'happened', events: take() })
      }, DRAW_MS)
      const end = await open().run(request, (event) => void waiting.push(event))
      clearInterval(drawing)
      if (mine === turn.current) dispatch({ type: 'ended', events: take(), end })
      return end
    },
    [open],
  )

  const cancel = useCallback(() => runner.current?.cancel(), [])
  const warm = useCallback(() => void open().warm(), [open])
  return { state, start, cancel, warm }
}
