import { headers } from 'next/headers'
import { holdEarlyActs } from './hold'
import { ReplayEarlyActs } from './replay-early-acts'

/**
 * Nothing that is typed, chosen or pressed while a page's script is still on its way is lost: it is held, and done when
 * the page can answer. Stands first in the page.
 */
export async function EarlyActs() {
  const nonce = (await headers()).get('x-nonce') ?? undefined
  return (
    <>
      {/* Browsers hide a nonce from scripts, so it is never what React expects. */}
      <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: `(${holdEarlyActs})()` }} />
      <ReplayEarlyActs />
    </>
  )
}
