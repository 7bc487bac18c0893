import { ProtocolBreach } from './channel'
import type { Intrinsics } from './intrinsics'

/*
 * Objects of the engine's own whose content is behind their members. They cross as handles; for a comparison they are
 * described by what makes another one like them.
 */

interface Form {
  /** What `make` needs. Throws where the object only inherits from the class. */
  read: (object: never) => unknown[]
  /** Throws where no such object can be made. */
  make: (content: unknown[]) => object
}

const FORMS: Readonly<Record<string, Form>> = {
  URL: { read: (url: URL) => [url.href], make: ([href]) => new URL(String(href)) },
  URLSearchParams: {
    read: (params: URLSearchParams) => [...params].flat(),
    make: (content) => new URLSearchParams(pairsOf(content)),
  },
  Headers: { read: (headers: Headers) => [...headers].flat(), make: (content) => new Headers(pairsOf(content)) },
  DataView: {
    read: ({ buffer, byteOffset, byteLength }: DataView) => [buffer, byteOffset, byteLength],
    make: ([buffer, offset, length]) => new DataView(buffer as ArrayBuffer, Number(offset), Number(length)),
  },
}

const NAMES = Object.keys(FORMS)

/** Whether it is one of this realm's own. */
export function isOfForm(object: object): boolean {
  return Object.hasOwn(FORMS, Object.prototype.toString.call(object).slice(8, -1))
}

/** The name of the class and the content of such an object, or null for any other. A class is not looked for: some are made late. */
export function formOf(object: object, intrinsics: Intrinsics): [string, ...unknown[]] | null {
  const name = NAMES.find((each) => intrinsics.isOf(object, each))
  if (name === undefined) return null
  try {
    return [name, ...(FORMS[name] as Form).read(object as never)]
  } catch {
    return null
  }
}

/** An object of that form, or null when there is no such form. */
export function madeOf(form: unknown, content: unknown[]): object | null {
  if (typeof form !== 'string' || !Object.hasOwn(FORMS, form)) return null
  try {
    return (FORMS[form] as Form).make(content)
  } catch {
    throw new ProtocolBreach(`a snapshot of an impossible ${form}`)
  }
}

function pairsOf(content: unknown[]): [string, string][] {
  return Array.from({ length: content.length / 2 }, (_, at) => [String(content[2 * at]), String(content[2 * at + 1])])
}
