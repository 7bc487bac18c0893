const nonces = new Uint32Array(512)
let nextNonce = nonces.length

/** The judge's nonces cannot be foreseen, so no answer can be laid out before its question. */
export function randomNonce(): number {
  if (nextNonce >= nonces.length) {
    crypto.getRandomValues(nonces)
    nextNonce = 0
  }
  return nonces[nextNonce++] as number
}
