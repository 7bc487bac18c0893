import { z } from 'zod'
import { type ApiResult, getJson, sendForm } from './api'

const Token = z.object({ csrfToken: z.string() })
const Target = z.object({ url: z.string() })

/** Signs in with e-mail and password; afterwards the session cookie is set. */
export function signInByPassword(email: string, password: string): Promise<ApiResult> {
  return sendWithToken('/api/auth/callback/credentials', { email, password })
}

/** Leaves for the provider's own page, which comes back to `next`. Answers only if that fails. */
export async function signInAt(provider: string, next: string): Promise<ApiResult> {
  const answer = await sendWithToken(`/api/auth/signin/${provider}`, { callbackUrl: next })
  if (answer.ok) window.location.assign(Target.parse(answer.data).url)
  return answer
}

/** Ends the session of this browser and shows the home page. */
export async function signOut(): Promise<ApiResult> {
  const answer = await sendWithToken('/api/auth/signout', { callbackUrl: '/' })
  if (answer.ok) window.location.assign('/')
  return answer
}

/** next-auth takes forms only together with a token that a foreign page cannot read. */
async function sendWithToken(path: string, fields: Record<string, string>): Promise<ApiResult> {
  const token = await getJson('/api/auth/csrf')
  if (!token.ok) return token
  return sendForm(path, { ...fields, csrfToken: Token.parse(token.data).csrfToken, json: 'true' })
}
