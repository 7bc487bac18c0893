import type { NextRequest } from 'next/server'
import type { z } from 'zod'
import { ROLES, type Role, type Viewer } from '@/lib/contract/account'
import type { Locale } from '@/lib/contract/localized'
import { ProblemError } from '@/lib/contract/problem'
import { FORM, readJson, type BodyLimit } from './body'
import { parseInput } from './input'
import { localeOf } from './locale'
import { problemResponse } from './problem-response'
import { enforceRateLimit, type CountEvent, type RateLimit } from './rate-limit'
import { assertSameOrigin } from './same-origin'

/** `none` reads no session; `optional` reads one if there is one; a role admits itself and all above it. */
export type Access = 'none' | 'optional' | 'viewer' | Role

type Schema = z.ZodType | undefined
type ViewerFor<A extends Access> = A extends 'none' ? null : A extends 'optional' ? Viewer | null : Viewer
type Parsed<S extends Schema> = S extends z.ZodType ? z.infer<S> : undefined
type Answer<S extends Schema> = S extends z.ZodType ? z.input<S> | Response : Response | void

export interface RouteSpec<A extends Access, P extends Schema, Q extends Schema, B extends Schema, O extends Schema> {
  auth: A
  rateLimit?: RateLimit
  /** The path's parameters. One that breaks the schema names nothing that exists: 404. */
  params?: P
  query?: Q
  body?: B
  /** Default FORM. */
  bodyLimit?: BodyLimit
  /** Schema of the answer. Without one the handler answers a Response of its own, or nothing (204). */
  output?: O
  /** Status of a successful answer, default 200. */
  status?: number
}

type AnySpec = RouteSpec<Access, Schema, Schema, Schema, Schema>

export interface RouteInput<A extends Access, P extends Schema, Q extends Schema, B extends Schema> {
  request: NextRequest
  viewer: ViewerFor<A>
  params: Parsed<P>
  query: Parsed<Q>
  body: Parsed<B>
  /** The reader's language. */
  locale: Locale
}

/** What a route needs of the rest of the program. */
export interface RouteServices {
  /** The person behind the request's session, or null. */
  findViewer(request: NextRequest): Promise<Viewer | null>
  /** The answer, with whatever keeps the viewer's session going. */
  renewSession(request: NextRequest, response: Response): Promise<Response>
  countEvent: CountEvent
}

export type RouteHandler = (request: NextRequest, context: { params: Promise<unknown> }) => Promise<Response>

/**
 * Makes the one wrapper of all API routes. It asks, in this order: does the request come from this site, who is it,
 * may they, how often, and is the input right; then runs the handler, and sends only what `output` allows. Whatever is
 * thrown on the way becomes a problem response.
 */
export function createRoute(services: RouteServices) {
  return function route<
    A extends Access,
    P extends Schema = undefined,
    Q extends Schema = undefined,
    B extends Schema = undefined,
    O extends Schema = undefined,
  >(
    spec: RouteSpec<A, P, Q, B, O>,
    handler: (input: RouteInput<A, P, Q, B>) => Promise<Answer<O>> | Answer<O>,
  ): RouteHandler {
    return async (request, context) => {
      try {
        assertSameOrigin(request)
        const viewer = spec.auth === 'none' ? null : await services.findViewer(request)
        admit(spec.auth, viewer)
        if (spec.rateLimit) await enforceRateLimit(services.countEvent, spec.rateLimit, request, viewer)
        const input = { request, viewer, locale: localeOf(request), ...(await readInput(spec, request, context)) }
        const response = toResponse(spec, await handler(input as RouteInput<A, P, Q, B>))
        return viewer ? await services.renewSession(request, response) : response
      } catch (error) {
        return problemResponse(error, { method: request.method, path: request.nextUrl.pathname })
      }
    }
  }
}

function admit(access: Access, viewer: Viewer | null): void {
  if (access === 'none' || access === 'optional') return
  if (!viewer) throw new ProblemError('sign-in-required', 'Sign in to do this.')
  if (access !== 'viewer' && ROLES.indexOf(viewer.role) < ROLES.indexOf(access)) {
    throw new ProblemError('forbidden', `This needs the role "${access}".`)
  }
}

async function readInput(spec: AnySpec, request: NextRequest, context: { params: Promise<unknown> }) {
  const { params, query, body, bodyLimit = FORM } = spec
  return {
    params: params && parseParams(params, await context.params),
    query: query && parseInput(query, Object.fromEntries(request.nextUrl.searchParams), 'query'),
    body: body && parseInput(body, await readJson(request, bodyLimit), 'body'),
  }
}

function parseParams(schema: z.ZodType, params: unknown): unknown {
  const result = schema.safeParse(params)
  if (!result.success) throw new ProblemError('not-found', 'There is nothing at this address.')
  return result.data
}

function toResponse({ output, status }: AnySpec, answer: unknown): Response {
  const response = answer instanceof Response ? answer
    : output ? Response.json(output.parse(answer), { status: status ?? 200 })
      : new Response(null, { status: status ?? 204 })
  if (!response.headers.has('Cache-Control')) response.headers.set('Cache-Control', 'no-store')
  return response
}
