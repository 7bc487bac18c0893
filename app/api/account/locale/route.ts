import { forgetViewer } from '@/lib/auth/find-viewer'
import { LocaleBody } from '@/lib/contract/account'
import { route } from '@/lib/http/route'
import { setLocale } from '@/lib/learn/accounts'

/** Remembers the language in which the viewer reads, for other browsers; this one keeps a cookie of its own. */
export const PUT = route({ auth: 'viewer', body: LocaleBody }, async ({ viewer, body }) => {
  await setLocale(viewer.id, body.locale)
  forgetViewer(viewer.id)
})
