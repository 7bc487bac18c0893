/** Name of the migrated, empty database that those of the tests are copies of. */
export const TEMPLATE = 'handroll_template'

/** The same server, another database. */
export function withName(url: string, name: string): string {
  return Object.assign(new URL(url), { pathname: `/${name}` }).href
}
