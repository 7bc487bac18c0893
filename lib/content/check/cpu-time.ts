import { readdirSync, readFileSync } from 'node:fs'

/** Unit of processor time in /proc, milliseconds: what every Linux says today. */
const TICK_MS = 10

/** Processor time of all threads of a process so far, milliseconds; 0 where the system does not tell. */
export function cpuMs(pid: number | undefined): number {
  try {
    // The name of the program, in brackets, may hold spaces; user and system time are fields 14 and 15.
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').replace(/^.*\) /, '').split(' ')
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS
  } catch {
    return 0
  }
}

/** How long a process's threads have stood in line for a processor, milliseconds; 0 where the system does not tell. */
export function starvedMs(pid: number | undefined): number {
  try {
    const threads = readdirSync(`/proc/${pid}/task`)
    // Time on a processor, time in line for one (both in nanoseconds), turns.
    const waits = threads.map((id) => Number(readFileSync(`/proc/${pid}/task/${id}/schedstat`, 'latin1').split(' ')[1]))
    return waits.reduce((sum, ns) => sum + ns, 0) / 1e6
  } catch {
    return 0
  }
}
