import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'

/** Reads server-sent events as they come: the lines of each, without the empty line that ends it. */
export async function* readEvents(response: Response): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of Readable.fromWeb(response.body as ReadableStream<Uint8Array>)) {
    const parts = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split('\n\n')
    rest = parts.pop() ?? ''
    yield* parts
  }
}

/** The JSON that an event carries, or undefined for a comment or a setting. */
export function dataOf(event: string): unknown {
  const line = event.split('\n').find((each) => each.startsWith('data: '))
  return line && JSON.parse(line.slice('data: '.length))
}

/** All that is still to come. */
export async function collect(events: AsyncIterable<string>): Promise<string[]> {
  const list: string[] = []
  for await (const event of events) list.push(event)
  return list
}
