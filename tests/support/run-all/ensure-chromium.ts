import { existsSync } from 'node:fs'
import { findChromium } from '../find-chromium'
import { aptCan, aptInstall } from './apt'

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
  if (!aptCan()) return `No Chrome or Chromium was found. ${ADVICE}`
  print('No Chrome or Chromium was found; installing the one of this system with apt-get.')
  return aptInstall('chromium') && findChromium() ? null : `apt-get could not install chromium. ${ADVICE}`
}
