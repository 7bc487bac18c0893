/** The text of a file, and whether it had to be taken for one in GB 18030; null when it is no text. */
export async function readTextFile(file: Blob): Promise<{ text: string; isGb: boolean } | null> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  for (const [encoding, isGb] of encodingsOf(bytes)) {
    const text = decode(bytes, encoding)
    if (text !== null) return { text, isGb }
  }
  return null
}

/** Spreadsheets in Chinese write GB 18030 unless told otherwise; "Unicode text" of Excel is UTF-16 with its mark. */
function encodingsOf([first, second]: Uint8Array): [encoding: string, isGb: boolean][] {
  if (first === 0xff && second === 0xfe) return [['utf-16le', false]]
  if (first === 0xfe && second === 0xff) return [['utf-16be', false]]
  return [['utf-8', false], ['gb18030', true]]
}

function decode(bytes: Uint8Array, encoding: string): string | null {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return text.includes('\0') ? null : text
  } catch {
    return null
  }
}
