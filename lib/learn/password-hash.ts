import { hash, verify, type Options } from '@node-rs/argon2'

/** Number of Argon2id; the package exports it only as a `const enum`, which single-file compilers cannot read. */
const ARGON2ID = 2

/** Argon2id as OWASP's Password Storage Cheat Sheet asks at least: 19 MiB, two passes, one lane. */
const PARAMETERS: Options = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** The prefix of hashes that were made with the present parameters. */
const CURRENT = '$argon2id$v=19$m=19456,t=2,p=1$'

/** A hash in PHC string form, with a random salt. */
export function hashPassword(password: string): Promise<string> {
  return hash(normalise(password), PARAMETERS)
}

/**
 * Whether the password is the one that was hashed. Without a hash the answer is no, after the same work, so that time
 * does not tell who has an account.
 */
export async function isPassword(password: string, passwordHash: string | null): Promise<boolean> {
  decoy ??= hashPassword('no account has this password')
  const matches = await verify(passwordHash ?? (await decoy), normalise(password))
  return matches && passwordHash !== null
}

let decoy: Promise<string> | undefined

/** Whether the hash was made with other parameters than today's and should be made anew. */
export function isOutdated(passwordHash: string): boolean {
  return !passwordHash.startsWith(CURRENT)
}

/** The same characters may arrive in different encodings from different keyboards (NIST SP 800-63B, 3.1.1.2). */
function normalise(password: string): string {
  return password.normalize('NFKC')
}
