import { readFileSync } from 'node:fs'
import { descendantsOf } from '@/tests/chaos/support/process-tree'

/** Memory of a group of processes, MiB. */
export interface Memory {
  /** What they hold, where a page that several hold is divided among them. */
  own: number
  /** What each of them holds, added up. */
  resident: number
}

/** What the processes that these commands have started hold now; npm and its shell, which only wait, are left out. */
export function memoryOf(roots: readonly number[]): Memory {
  const processes = descendantsOf(roots).filter(({ command }) => !/^npm |^sh -c|^\/bin\/sh/.test(command))
  const held = processes.map(({ pid }) => read(pid))
  return { own: sum(held.map(({ own }) => own)), resident: sum(held.map(({ resident }) => resident)) }
}

/** Looks again and again until it is stopped; answers the most that was held. */
export function watchPeak(roots: readonly number[], everyMs = 250): () => Memory {
  let peak = memoryOf(roots)
  const timer = setInterval(() => {
    const now = memoryOf(roots)
    if (now.own > peak.own) peak = now
  }, everyMs)
  return () => {
    clearInterval(timer)
    return peak
  }
}

function read(pid: number): Memory {
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
    const field = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0) / 1_024
    return { own: field('Pss'), resident: field('Rss') }
  } catch {
    // It has just ended.
    return { own: 0, resident: 0 }
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
