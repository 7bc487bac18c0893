import { readdirSync, readFileSync } from 'node:fs'
import { commandLine, isRunning, startMark } from '@/lib/processes/process-info'

/** A process, named for good: ids are used again. */
export interface SeenProcess {
  pid: number
  mark: string | null
  command: string
}

/** All that descends from these processes at the moment, themselves included. */
export function descendantsOf(roots: readonly number[]): SeenProcess[] {
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
    const parent = parentOf(Number(name))
    if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), Number(name)])
  }
  const found: SeenProcess[] = []
  for (let queue = [...roots]; queue.length > 0;) {
    const pid = queue.shift() as number
    const command = commandLine(pid)
    if (command === null) continue
    found.push({ pid, mark: startMark(pid), command })
    queue = [...queue, ...(children.get(pid) ?? [])]
  }
  return found
}

/** Whether it still runs, and not another one under its id. */
export function isStillRunning({ pid, mark }: SeenProcess): boolean {
  return isRunning(pid) && startMark(pid) === mark
}

/** Kills it as a crash does; nothing happens when it has just ended. */
export function kill9(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It was quicker.
  }
}

function parentOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return null
  }
}
