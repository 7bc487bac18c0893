const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Aborted by the first signal that asks this process to stop; later ones change nothing. */
export function stopSignal(): AbortSignal {
  const stop = new AbortController()
  for (const signal of STOP_SIGNALS) process.on(signal, () => stop.abort())
  return stop.signal
}

/** Resolves when the signal is aborted, at once if it is already. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
