import { randomUUID } from 'node:crypto'
import { signUp, type AccountView } from '@/lib/learn/accounts'

export const PASSWORD = 'correct horse battery'

/** A learner of one's own for a test. */
export function newLearner(email = `${randomUUID()}@example.org`): Promise<AccountView> {
  return signUp({ email, name: 'Ada', password: PASSWORD, locale: 'en' })
}
