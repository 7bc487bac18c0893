import { chromium, type Browser } from 'playwright-core'
import { findChromium } from '@/tests/support/find-chromium'

const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Starts an installed Chrome or Chromium. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('No Chrome or Chromium was found. Install one, or set CHROME_PATH to it.')
  const root = process.getuid?.() === 0
  return chromium.launch({ executablePath, args: root ? [...FLAGS, '--no-sandbox'] : FLAGS })
}
