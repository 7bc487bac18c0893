import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/* What runs below a process, as Linux tells it. */

export interface ProcessInfo {
  pid: number
  parent: number
  command: string
}

export function descendantsOf(pid: number): ProcessInfo[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => infoOf(Number(name)) ?? [])
  const below = (parent: number): ProcessInfo[] => {
    return all.filter((each) => each.parent === parent).flatMap((each) => [each, ...below(each.pid)])
  }
  return below(pid)
}

/** The sandbox host that a grader of this process has started. */
export function hostPid(): number {
  const host = descendantsOf(process.pid).find(({ command }) => command.includes('/grader-host.mjs'))
  if (!host) throw new Error('there is no sandbox host')
  return host.pid
}

/** The guests of a host, waiting or at work; not the programs of the jail that hold them. */
export function guestsOf(host: number): ProcessInfo[] {
  return descendantsOf(host).filter(({ command }) => /^\S*\/deno run .*\/guest\.js$/.test(command))
}

/** What the descriptors of a process lead to; a descriptor that is closed meanwhile is left out. */
export function openFiles(pid: number): string[] {
  return readdirSync(`/proc/${pid}/fd`).flatMap((name) => {
    try {
      return [readlinkSync(`/proc/${pid}/fd/${name}`)]
    } catch {
      return []
    }
  })
}

function infoOf(pid: number): ProcessInfo | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (state === 'Z') return { pid, parent: Number(parent), command: '(zombie)' }
    return { pid, parent: Number(parent), command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() }
  } catch {
    return null
  }
}
