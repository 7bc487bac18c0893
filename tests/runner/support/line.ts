import { connect, createServer, type Server, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'

/** A line to a server of the network that a test can cut and mend. */
export class Line {
  readonly #sockets = new Set<Socket>()
  #server: Server | null = null
  #port = 0

  /** @param target host and port at the far end */
  constructor(readonly target: { host: string; port: number }) {}

  /** Opens the line; again on the same port after it was cut. Returns the port at this end. */
  async open(): Promise<number> {
    const server = createServer((near) => {
      const far = connect(this.target)
      for (const [socket, other] of [[near, far], [far, near]] as const) {
        this.#sockets.add(socket)
        socket.on('error', () => undefined)
        socket.on('close', () => {
          this.#sockets.delete(socket)
          other.destroy()
        })
      }
      near.pipe(far).pipe(near)
    })
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve))
    this.#server = server
    this.#port = (server.address() as AddressInfo).port
    return this.#port
  }

  /** Ends every connection and takes no more. */
  async cut(): Promise<void> {
    const server = this.#server
    this.#server = null
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(null)))
  }
}
