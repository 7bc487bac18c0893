import { existsSync } from 'node:fs'
import { aptCan, aptInstall } from './apt'

/**
 * Installs bubblewrap where that is possible, so that the layers it gives are tried. The tests pass without it, with the
 * layers that this machine has.
 */
export function ensureBubblewrap(print: (line: string) => void): void {
  if (process.platform !== 'linux' || existsSync('/usr/bin/bwrap')) return
  if (!aptCan()) return print('There is no bubblewrap, so what it puts round a solution is not tried.')
  print('No bubblewrap was found; installing the one of this system with apt-get.')
  if (!aptInstall('bubblewrap')) print('apt-get could not install bubblewrap, so what it puts round a solution is not tried.')
}
