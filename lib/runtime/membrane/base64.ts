import { ProtocolBreach } from './channel'

const CHUNK = 8_192

export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += CHUNK) text += String.fromCharCode(...bytes.subarray(at, at + CHUNK))
  return btoa(text)
}

/** @throws ProtocolBreach when the text is not base64 */
export function fromBase64(text: unknown): Uint8Array {
  if (typeof text !== 'string') throw new ProtocolBreach('bytes are not a text')
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
  } catch {
    throw new ProtocolBreach('bytes are not base64')
  }
}
