import { createHash } from 'node:crypto'

/**
 * By what a class knows an address again whose account was deleted. It differs from class to class, so that two
 * classes cannot tell that they had the same person. Whoever has an address can compare it; nobody can read one off.
 * @param email in lower case
 */
export function addressHash(classId: string, email: string): string {
  return createHash('sha256').update(`${classId.toLowerCase()} ${email}`).digest('hex')
}
