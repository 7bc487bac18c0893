import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const APP = path.resolve(import.meta.dirname, '../../../app')
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

export type Method = (typeof METHODS)[number]

/** Every route of the API with each method that its file exports, as `GET api/progress`. */
export function listRoutes(): string[] {
  const files = readdirSync(APP, { recursive: true, encoding: 'utf8' })
  return files.filter((file) => path.basename(file) === 'route.ts').flatMap((file) => {
    const source = readFileSync(path.join(APP, file), 'utf8')
    return METHODS.filter((method) => exports(source, method)).map((method) => `${method} ${path.dirname(file)}`)
  })
}

function exports(source: string, name: string): boolean {
  return new RegExp(`^export (const|async function|function) ${name}\\b`, 'm').test(source)
    || new RegExp(`^export \\{[^}]*\\b${name}\\b[^}]*\\}`, 'm').test(source)
}
