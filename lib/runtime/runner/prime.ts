import { collectTests, type VitestRunner } from '@vitest/runner'

let primed: Promise<unknown> | undefined

/**
 * The runner package keeps one default suite for as long as it lives, made with the settings of the first run: later
 * runs would inherit whether that one was shuffled. So the first run is an empty one without settings.
 */
export function primeRunner(): Promise<unknown> {
  const runner = { config: { root: '/', sequence: {}, setupFiles: [], tags: [] }, importFile: () => undefined }
  primed ??= collectTests(['/nothing'], runner as unknown as VitestRunner)
  return primed
}
