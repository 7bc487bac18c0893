import type { CredentialsConfig } from 'next-auth/providers/credentials'
import CredentialsProvider from 'next-auth/providers/credentials'
import { z } from 'zod'
import { EmailAddress, MAX_PASSWORD_LENGTH } from '@/lib/contract/account'
import { verifyPassword } from '@/lib/learn/accounts'
import { withNamedFailures, type ErrorLog } from './sign-in-failure'

type Fields = { email: object; password: object }

/** What the form may send: anything that could be right. The rules for new passwords do not apply to old ones. */
const Credentials = z.object({ email: EmailAddress, password: z.string().min(1).max(MAX_PASSWORD_LENGTH) })

/** Sign-in by e-mail and password. */
export function passwordProvider(log: ErrorLog): CredentialsConfig<Fields> {
  return CredentialsProvider<Fields>({
    name: 'Password',
    credentials: { email: {}, password: {} },
    authorize: withNamedFailures(log, async (input) => {
      const credentials = Credentials.safeParse(input)
      const account = credentials.success ? await verifyPassword(credentials.data) : null
      return account && { id: account.id, epoch: account.sessionEpoch }
    }),
  })
}
