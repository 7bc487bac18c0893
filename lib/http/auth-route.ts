import NextAuth from 'next-auth'
import { NextRequest } from 'next/server'
import { authOptions } from '@/lib/auth/options'
import { ProblemError } from '@/lib/contract/problem'
import { FORM, readText } from './body'
import { describeError } from './describe-error'
import { localeOf } from './locale'
import { log } from './log'
import { problemResponse } from './problem-response'
import { assertSameOrigin } from './same-origin'
import { passwordAnswer, pageAnswer } from './sign-in-answer'
import { countSignIn } from './sign-in-limit'

/** What next-auth may be asked for. Its log endpoint and the rest stay shut. */
const ACTIONS: Record<string, RegExp> = {
  GET: /^(session|csrf|providers|signin|signout|error|callback\/[a-z]+)$/,
  POST: /^(signin\/[a-z]+|signout|callback\/credentials)$/,
}

type Context = { params: Promise<{ nextauth: string[] }> }

/**
 * next-auth's endpoints, behind the same guards as every other route (own origin, bounded body, limited attempts) and
 * with failures in the words of this API.
 */
export async function authRoute(request: NextRequest, context: Context): Promise<Response> {
  try {
    const action = (await context.params).nextauth.join('/')
    if (!ACTIONS[request.method]?.test(action)) throw new ProblemError('not-found', 'There is nothing at this address.')
    if (request.method === 'GET') return pageAnswer(await askNextAuth(request, context), request)
    assertSameOrigin(request)
    const form = await readText(request, FORM)
    const repeated = new NextRequest(request.url, { method: 'POST', headers: request.headers, body: form })
    if (action !== 'callback/credentials') return pageAnswer(await askNextAuth(repeated, context), request)
    return await signInByPassword(repeated, context, new URLSearchParams(form))
  } catch (error) {
    return problemResponse(error, { method: request.method, path: request.nextUrl.pathname })
  }
}

async function signInByPassword(request: NextRequest, context: Context, form: URLSearchParams): Promise<Response> {
  await countSignIn(request.headers, form.get('email') ?? '')
  const response = await askNextAuth(request, context)
  return form.get('json') === 'true' ? await passwordAnswer(response) : response
}

async function askNextAuth(request: NextRequest, context: Context): Promise<Response> {
  const response: Response = await NextAuth(request, context, authOptions(request.headers, localeOf(request), authLog))
  if (!response.headers.has('Cache-Control')) response.headers.set('Cache-Control', 'no-store')
  return response
}

const authLog = {
  error(code: string, metadata: unknown) {
    const error = metadata instanceof Error ? metadata : (metadata as { error?: unknown } | undefined)?.error
    log.error({ code, error: describeError(error) }, 'sign-in failed')
  },
}
