import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { findChromium } from '../find-chromium'

const ADVICE = 'Install Google Chrome or Chromium (Debian and Ubuntu: `apt-get install chromium`; '
  + 'anywhere: `npx playwright-core install chromium`), or set CHROME_PATH to its program.'

/**
 * Makes sure that there is a Chrome or Chromium for the tests. Where none is, this is root and there is an apt-get,
 * Debian's is installed.
 * @returns null, or a sentence that says what is missing and how to get it
 */
export function ensureChromium(print: (line: string) => void): string | null {
  if (process.env.CHROME_PATH && !existsSync(process.env.CHROME_PATH)) {
    return `CHROME_PATH names ${process.env.CHROME_PATH}, which does not exist. ${ADVICE}`
  }
  if (findChromium()) return null
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return `No Chrome or Chromium was found. ${ADVICE}`
  print('No Chrome or Chromium was found; installing the one of this system with apt-get.')
  const installed = apt('update') && apt('install', '-y', '--no-install-recommends', 'chromium')
  return installed && findChromium() ? null : `apt-get could not install chromium. ${ADVICE}`
}

function apt(...args: string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return spawnSync('apt-get', ['-q', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0
}
