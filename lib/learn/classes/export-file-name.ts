const MAX_CHARACTERS = 60

/** Names that Windows keeps for its devices, with or without an ending. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i

/**
 * Makes one part of a path of any text: no separators, nothing that leads out of the folder, nothing that some system
 * refuses or hides. Letters of all scripts stay.
 */
export function safeFileName(text: string): string {
  const name = [...text.normalize('NFC').replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '').replace(/[/\\:*?"<>|%]/g, '-')]
    .slice(0, MAX_CHARACTERS).join('')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.~-]+|[\s.]+$/g, '')
    .replace(DEVICES, '_$1')
  return name || 'unnamed'
}
