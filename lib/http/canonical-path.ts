import { Id } from '@/lib/contract/id'

/** The path with ids as they are stored; null when it is so already. Pages compare ids as text. */
export function canonicalPath(pathname: string): string | null {
  const path = pathname.split('/').map((segment) => Id.safeParse(segment).data ?? segment).join('/')
  return path === pathname ? null : path
}
