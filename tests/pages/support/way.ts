import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** A way to a server that can be cut and mended: what it looks like from here when the server is away. */
export interface Way {
  /** The server's address, by this way. */
  url: string
  cut(): Promise<void>
  mend(): Promise<void>
}

/** Opens a way to the server that `url` names, on a port of its own. */
export async function openWay(url: string): Promise<Way> {
  const { hostname, port } = new URL(url)
  const open = new Set<Socket>()
  const server = createServer((here) => {
    const there = connect(Number(port), hostname)
    for (const [from, to] of [[here, there], [there, here]] as const) {
      open.add(from)
      from.pipe(to)
      from.on('error', () => to.destroy()).on('close', () => open.delete(from))
    }
  })
  const listen = (at: number) => new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve))
  await listen(0)
  const own = (server.address() as AddressInfo).port
  return {
    url: Object.assign(new URL(url), { host: `127.0.0.1:${own}` }).href,
    mend: () => listen(own),
    cut: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of open) socket.destroy()
      }),
  }
}
