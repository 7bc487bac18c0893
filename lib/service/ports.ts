import { createServer } from 'node:net'

/**
 * Tries to listen on a port for a moment. Port 0 asks the system for a free one.
 * @returns the port, or null when something else has it or it may not be used
 */
export function tryPort(port: number, host: string): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(null))
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address()
      const found = typeof address === 'object' && address ? address.port : null
      server.close(() => resolve(found))
    })
  })
}

/** A free port on `host`: `wanted` if it is free. */
export async function freePort(host: string, wanted = 0): Promise<number> {
  const port = (await tryPort(wanted, host)) ?? (await tryPort(0, host))
  if (port === null) throw new Error(`No port can be opened on ${host}.`)
  return port
}

/** @throws Error with one sentence when the site could not listen where it should */
export async function assertPortFree({ port, host }: { port: number; host: string }): Promise<void> {
  if ((await tryPort(port, host)) !== null) return
  throw new Error(`Port ${port} on ${host} is in use or not allowed. Stop the other program, or set PORT to another one.`)
}
