import { existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge']

const APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
]

/** Where Playwright keeps the browsers that it has downloaded, on Linux, macOS and Windows. */
const PLAYWRIGHT_CACHES = ['.cache/ms-playwright', 'Library/Caches/ms-playwright', 'AppData/Local/ms-playwright']
const PLAYWRIGHT_PROGRAMS = [
  'chrome-linux/chrome', 'chrome-linux64/chrome', 'chrome-win/chrome.exe',
  'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
]

/**
 * The program of an installed Chrome or Chromium: CHROME_PATH, else one on the PATH, an application, or one of
 * Playwright's. Null when there is none.
 */
export function findChromium(): string | null {
  const given = process.env.CHROME_PATH
  if (given) return existsSync(given) ? given : null
  return [...onPath(), ...APPLICATIONS, ...ofPlaywright()].find((place) => existsSync(place)) ?? null
}

function onPath(): string[] {
  const folders = (process.env.PATH ?? '').split(path.delimiter).concat('/usr/bin', '/snap/bin')
  return COMMANDS.flatMap((command) => folders.map((folder) => path.join(folder, command)))
}

function ofPlaywright(): string[] {
  const folders = PLAYWRIGHT_CACHES.map((cache) => path.join(homedir(), cache))
  const caches = [process.env.PLAYWRIGHT_BROWSERS_PATH, ...folders].filter((cache) => cache && existsSync(cache))
  return caches.flatMap((cache = '') => readdirSync(cache)
    .filter((name) => /^chromium-\d+$/.test(name)).sort().reverse()
    .flatMap((name) => PLAYWRIGHT_PROGRAMS.map((program) => path.join(cache, name, program))))
}
