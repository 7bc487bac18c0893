import 'next-auth'
import 'next-auth/jwt'
import type { Viewer } from '@/lib/contract/account'

declare module 'next-auth' {
  interface User {
    id: string
    /** The account's sessionEpoch at sign-in. */
    epoch?: number
  }

  /** What GET /api/auth/session answers; an object without keys when nobody is signed in. */
  interface Session {
    user?: Viewer
  }
}

declare module 'next-auth/jwt' {
  interface JWT {
    epoch?: number
    signedInAt?: number
  }
}
