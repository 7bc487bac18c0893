/*
 * What learner code could do after breaking out of Deno: run with every permission that Deno can give, in the jail in
 * which guests are run. It tries what the operating system must refuse, writes one line of JSON to standard output that
 * says what came of it, and then waits to be looked at and killed.
 *
 * Its arguments are a port on which the host listens, and the host's process id.
 */

interface Deno {
  args: string[]
  readTextFileSync(file: string): string
  writeTextFileSync(file: string, text: string): void
  connect(options: { hostname: string; port: number }): Promise<unknown>
  listen(options: { hostname: string; port: number }): unknown
  Command: new (file: string, options: { args: string[] }) => { outputSync(): unknown }
  kill(pid: number, signal: string): void
  stdin: { readSync(into: Uint8Array): number | null }
  stdout: { writeSync(bytes: Uint8Array): number }
}

const deno = (globalThis as unknown as { Deno: Deno }).Deno
const [port, hostPid] = deno.args.map(Number)

/** Name of the error that an attempt ended with, or null when it succeeded. */
async function outcome(attempt: () => unknown): Promise<string | null> {
  try {
    await attempt()
    return null
  } catch (error) {
    return (error as Error).name
  }
}

async function attempts(): Promise<Record<string, string | null>> {
  return {
    read: await outcome(() => deno.readTextFileSync('/etc/passwd')),
    write: await outcome(() => deno.writeTextFileSync(`/tmp/handroll-probe-${hostPid}`, '')),
    spawn: await outcome(() => new deno.Command('/bin/sh', { args: ['-c', 'true'] }).outputSync()),
    connect: await outcome(() => deno.connect({ hostname: '127.0.0.1', port: port ?? 0 })),
    listen: await outcome(() => deno.listen({ hostname: '0.0.0.0', port: 0 })),
    kill: await outcome(() => deno.kill(hostPid ?? 0, 'SIGCONT')),
  }
}

void attempts().then((outcomes) => {
  deno.stdout.writeSync(new TextEncoder().encode(`${JSON.stringify(outcomes)}\n`))
  deno.stdin.readSync(new Uint8Array(1))
})

// A module, so that its names are its own.
export {}
