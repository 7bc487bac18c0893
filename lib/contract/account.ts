import { z } from 'zod'
import { isCommonPassword } from './common-passwords'
import { Locale } from './localized'

export const ROLES = ['learner', 'instructor', 'admin'] as const
export const Role = z.enum(ROLES)
export type Role = z.infer<typeof Role>

/** The person who is looking: what pages and routes may know of them. */
export const Viewer = z.strictObject({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: Role,
  locale: Locale,
})
export type Viewer = z.infer<typeof Viewer>

/** An e-mail address in the form in which it is stored: trimmed and in lower case. */
export const EmailAddress = z.string().trim().toLowerCase().max(254).pipe(z.email('must be an e-mail address'))

/** The name shown to others. */
export const DisplayName = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u, 'must not contain control characters')

export const MIN_PASSWORD_LENGTH = 10
/** Long enough for any passphrase, short enough that hashing it costs what it should. */
export const MAX_PASSWORD_LENGTH = 200

/** A password that somebody chooses. Length and rarity count, not the mix of characters (NIST SP 800-63B). */
export const NewPassword = z
  .string()
  .min(MIN_PASSWORD_LENGTH)
  .max(MAX_PASSWORD_LENGTH)
  .refine((password) => !isCommonPassword(password), {
    message: 'is among the passwords that are tried first; choose another',
    params: { rule: 'common-password' },
  })

/** Body of POST /api/account. */
export const SignUpBody = z
  .strictObject({ email: EmailAddress, name: DisplayName, password: NewPassword })
  .refine(({ email, password }) => !sameWord(password, email) && !sameWord(password, email.split('@')[0] ?? ''), {
    path: ['password'],
    message: 'must not be the e-mail address',
    params: { rule: 'same-as-email' },
  })
export type SignUpBody = z.infer<typeof SignUpBody>

/** Body of POST /api/admin/claim. Without `account`, the signed-in account becomes admin. */
export const ClaimBody = z.strictObject({
  token: z.string().min(1).max(200),
  account: SignUpBody.optional(),
})
export type ClaimBody = z.infer<typeof ClaimBody>

/** Body of PUT /api/account/locale. */
export const LocaleBody = z.strictObject({ locale: Locale })
export type LocaleBody = z.infer<typeof LocaleBody>

/** Body of PUT /api/account/name. */
export const NameBody = z.strictObject({ name: DisplayName })
export type NameBody = z.infer<typeof NameBody>

/** Body of PUT /api/account/password. Whoever has it knows the present one; a stolen session is not enough. */
export const PasswordBody = z.strictObject({
  current: z.string().min(1).max(MAX_PASSWORD_LENGTH),
  next: NewPassword,
})
export type PasswordBody = z.infer<typeof PasswordBody>

/** Body of DELETE /api/account. Whoever deletes an account types its address, and its password if it has one. */
export const DeleteAccountBody = z.strictObject({
  email: EmailAddress,
  password: z.string().min(1).max(MAX_PASSWORD_LENGTH).optional(),
})
export type DeleteAccountBody = z.infer<typeof DeleteAccountBody>

/** Body of PUT /api/admin/people/:id/role. */
export const RoleBody = z.strictObject({ role: Role })
export type RoleBody = z.infer<typeof RoleBody>

/** An account as admins see it. */
export const Person = z.strictObject({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: Role,
  createdAt: z.iso.datetime(),
  suspended: z.boolean(),
  /** Kept off every leaderboard. */
  barred: z.boolean(),
})
export type Person = z.infer<typeof Person>

/** One way to sign in. `password` has a form; the others send the visitor to their own site. */
export const SignInProvider = z.strictObject({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['password', 'oauth']),
})
export type SignInProvider = z.infer<typeof SignInProvider>

function sameWord(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}
