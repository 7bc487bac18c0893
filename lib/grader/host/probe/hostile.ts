/*
 * A hostile solution, run once by every host through the very command that guests are started with. It tries what must
 * not succeed, writes one line of JSON to standard output that says which attempts were refused, and then waits to be
 * looked at and killed.
 */

interface Deno {
  env: { toObject(): Record<string, string> }
  readTextFileSync(file: string): string
  writeTextFileSync(file: string, text: string): void
  connect(options: { hostname: string; port: number }): Promise<unknown>
  listen(options: { hostname: string; port: number }): unknown
  Command: new (file: string) => { outputSync(): unknown }
  kill(pid: number, signal: string): void
  ppid: number
  stdin: { readSync(into: Uint8Array): number | null }
  stdout: { writeSync(bytes: Uint8Array): number }
}

const deno = (globalThis as unknown as { Deno: Deno }).Deno

/** What Deno calls an operation for which there is no permission. */
const NOT_PERMITTED = 'NotCapable'

/** More than an honest solution holds in buffers, and little enough not to hurt a machine without limits. */
const BOMB_BYTES = 640 * 1024 * 1024
const CHUNK_BYTES = 32 * 1024 * 1024

/** What the system says when there is nowhere to write to: no such folder, no permission, a read-only file system. */
const NO_PLACE = /\(os error (2|13|30)\)$/

/** Whether an attempt fails for the right reason: any other error says nothing about the sandbox. */
async function isRefused(attempt: () => unknown, refusal: string | RegExp = NOT_PERMITTED): Promise<boolean> {
  try {
    await attempt()
    return false
  } catch (error) {
    const { name, message } = error as Error
    return typeof refusal === 'string' ? name === refusal : refusal.test(message)
  }
}

/** Buffers are no part of the JavaScript heap: only the operating system's limit stops them. */
function fillBuffers(): void {
  const kept: Uint8Array[] = []
  for (let bytes = 0; bytes < BOMB_BYTES; bytes += CHUNK_BYTES) kept.push(new Uint8Array(CHUNK_BYTES).fill(1))
}

async function attempts(): Promise<Record<string, boolean>> {
  return {
    read: await isRefused(() => deno.readTextFileSync('/etc/hostname')),
    write: await isRefused(() => deno.writeTextFileSync('/tmp/handroll-probe', '')),
    environment: await isRefused(() => deno.env.toObject()),
    connect: await isRefused(() => deno.connect({ hostname: '127.0.0.1', port: 9 })),
    listen: await isRefused(() => deno.listen({ hostname: '127.0.0.1', port: 0 })),
    spawn: await isRefused(() => new deno.Command('/bin/true').outputSync()),
    kill: await isRefused(() => deno.kill(deno.ppid, 'SIGCONT')),
    importFile: await isRefused(() => (0, eval)('import("file:///etc/hostname", { with: { type: "text" } })'), 'TypeError'),
    storage: await isRefused(() => localStorage.setItem('probe', '1'), NO_PLACE),
    memory: await isRefused(fillBuffers, 'RangeError'),
  }
}

void attempts().then((refused) => {
  deno.stdout.writeSync(new TextEncoder().encode(`${JSON.stringify(refused)}\n`))
  deno.stdin.readSync(new Uint8Array(1))
})

// A module, so that its names are its own.
export {}
