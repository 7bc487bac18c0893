/**
 * A file to be saved under `name`, not shown (RFC 6266). Browsers that do not read the extended form get a name of
 * plain letters.
 */
export function attachment(body: BodyInit, { name, type }: { name: string; type: string }): Response {
  const plain = name.replace(/[^\w.-]+/g, '-')
  const extended = encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)
  return new Response(body, {
    headers: {
      'Content-Type': type,
      'Content-Disposition': `attachment; filename="${plain}"; filename*=UTF-8''${extended}`,
      'X-Content-Type-Options': 'nosniff',
    },
  })
}

/** What is written bit by bit, read as fast as the other side takes it. */
export function streamOf(chunks: AsyncIterable<string | Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]()
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next()
      if (done) controller.close()
      else controller.enqueue(typeof value === 'string' ? encoder.encode(value) : value)
    },
    async cancel() {
      await iterator.return?.()
    },
  })
}
