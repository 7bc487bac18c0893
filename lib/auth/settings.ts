import { z } from 'zod'

/*
 * Settings of sign-in and of the way to the visitor, all optional:
 *
 *   NEXTAUTH_URL          public address of the site, such as https://learn.example.edu. Set it when the site is behind
 *                         a proxy or uses an outside sign-in provider. Its https decides about secure cookies.
 *   NEXTAUTH_SECRET       at least 32 characters; signs and encrypts sessions. The same for every web process. Unset:
 *                         one is made at the first start and kept in the data folder.
 *   GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET
 *   GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET
 *   OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET
 *                         any OpenID Connect provider with a discovery document; OIDC_NAME is the word on its button.
 *   OIDC_TRUST_EMAIL      `true` when the provider vouches for its e-mail addresses without saying `email_verified`,
 *                         as the directory of one school or company does.
 *   TRUST_PROXY_HOPS      how many proxies stand in front of the web process and append to X-Forwarded-For. 0: none, and
 *                         such headers of a client are dropped. Default 1 when NEXTAUTH_URL is https, which the web
 *                         process does not speak itself; else 0.
 *
 * The callback address to register with a provider is <NEXTAUTH_URL>/api/auth/callback/<github|google|oidc>.
 */

const HttpUrl = z
  .url({ protocol: /^https?$/, error: 'must be an address such as https://learn.example.edu' })
  .transform((text) => new URL(text))
const Text = z.string().trim().min(1)

const Environment = z.object({
  NEXTAUTH_URL: HttpUrl.optional(),
  NEXTAUTH_SECRET: z
    .string()
    .min(32, 'must have at least 32 characters; `openssl rand -base64 32` makes one')
    .optional(),
  GITHUB_CLIENT_ID: Text.optional(),
  GITHUB_CLIENT_SECRET: Text.optional(),
  GOOGLE_CLIENT_ID: Text.optional(),
  GOOGLE_CLIENT_SECRET: Text.optional(),
  OIDC_ISSUER: HttpUrl.optional(),
  OIDC_CLIENT_ID: Text.optional(),
  OIDC_CLIENT_SECRET: Text.optional(),
  OIDC_NAME: Text.default('Single sign-on'),
  OIDC_TRUST_EMAIL: z.enum(['true', 'false']).default('false'),
  TRUST_PROXY_HOPS: z.coerce.number().int().min(0).max(10).optional(),
})

/** Credentials of this site at an outside provider. */
export interface OAuthClient {
  clientId: string
  clientSecret: string
}

export interface AuthSettings {
  publicUrl: URL | null
  secret: string | null
  github: OAuthClient | null
  google: OAuthClient | null
  oidc: (OAuthClient & { issuer: string; name: string; trustEmail: boolean }) | null
  trustProxyHops: number
}

/**
 * Reads the settings from the environment; an empty variable counts as not set.
 * @throws Error naming every variable that is wrong or lacks its partner
 */
export function parseSettings(environment: Readonly<Record<string, string | undefined>>): AuthSettings {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()))
  const parsed = Environment.safeParse(present)
  if (!parsed.success) {
    throw new Error(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '))
  }
  const env = parsed.data
  const oidc = client(env, 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_ISSUER')
  return {
    publicUrl: env.NEXTAUTH_URL ?? null,
    secret: env.NEXTAUTH_SECRET ?? null,
    github: client(env, 'GITHUB_CLIENT_ID', 'GITHUB_CLIENT_SECRET'),
    google: client(env, 'GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET'),
    oidc: oidc && {
      ...oidc,
      issuer: (present.OIDC_ISSUER ?? '').replace(/\/$/, ''),
      name: env.OIDC_NAME,
      trustEmail: env.OIDC_TRUST_EMAIL === 'true',
    },
    trustProxyHops: env.TRUST_PROXY_HOPS ?? (env.NEXTAUTH_URL?.protocol === 'https:' ? 1 : 0),
  }
}

/** The variables of one provider come together or not at all. */
function client(
  env: z.infer<typeof Environment>,
  id: 'GITHUB_CLIENT_ID' | 'GOOGLE_CLIENT_ID' | 'OIDC_CLIENT_ID',
  secret: 'GITHUB_CLIENT_SECRET' | 'GOOGLE_CLIENT_SECRET' | 'OIDC_CLIENT_SECRET',
  ...more: 'OIDC_ISSUER'[]
): OAuthClient | null {
  const names = [id, secret, ...more]
  const missing = names.filter((name) => env[name] === undefined)
  if (missing.length === names.length) return null
  if (missing.length > 0) {
    throw new Error(`${missing.join(' and ')} must be set as well: ${names.join(', ')} belong together`)
  }
  return { clientId: env[id] ?? '', clientSecret: env[secret] ?? '' }
}

let known: AuthSettings | undefined

/** The settings of this process, read once. */
export function settings(): AuthSettings {
  known ??= parseSettings(process.env)
  return known
}
