import { readFileSync } from 'node:fs'

/* What Linux tells about a running process. Elsewhere, and of one that has ended, nothing is known: null. */

/** Largest resident set so far, KiB. */
export function peakRssKb(pid: number): number | null {
  const peak = statusOf(pid, 'VmHWM')
  return peak === null ? null : Number.parseInt(peak, 10)
}

/** Time that it was ready to run and had no processor, milliseconds. */
export function starvedMs(pid: number): number | null {
  // Of the main thread, which runs the solution; the engine's helpers may wait without harm.
  const delay = read(`/proc/${pid}/schedstat`).split(' ')[1]
  return delay === undefined ? null : Number(delay) / 1e6
}

/** The process that was started last in a row of which each started the next: a program that runs inside others. */
export function innermost(pid: number): number {
  const [child] = read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean)
  return child === undefined ? pid : innermost(Number(child))
}

/** A field of the process's status, such as `Uid`; null where there is no such field. */
export function statusOf(pid: number, field: string): string | null {
  return new RegExp(`^${field}:\\s*(.*)$`, 'm').exec(read(`/proc/${pid}/status`))?.[1] ?? null
}

/** Soft and hard limit of a resource as /proc names it ("Max cpu time"); null where there is no such line. */
export function limitOf(pid: number, name: string): { soft: string; hard: string } | null {
  const line = read(`/proc/${pid}/limits`).split('\n').find((each) => each.startsWith(`${name} `))
  const [soft, hard] = line?.slice(name.length).trim().split(/\s+/) ?? []
  return soft !== undefined && hard !== undefined ? { soft, hard } : null
}

/** Names of the variables it was started with. */
export function environmentOf(pid: number): string[] | null {
  const text = read(`/proc/${pid}/environ`)
  return text === '' ? null : text.split('\0').filter(Boolean).map((variable) => variable.split('=')[0] ?? '')
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
