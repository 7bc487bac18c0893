import { NextIntlClientProvider } from 'next-intl'
import { getMessages } from 'next-intl/server'
import type { ReactNode } from 'react'
import type { Messages } from './messages'

/** Gives the client components inside the words of these areas; `common` is always among them. */
export async function ClientMessages({ areas = [], children }: { areas?: (keyof Messages)[]; children: ReactNode }) {
  const all: Record<string, unknown> = await getMessages()
  const wanted = Object.fromEntries(['common', ...areas].map((area) => [area, all[area]]))
  return <NextIntlClientProvider messages={wanted}>{children}</NextIntlClientProvider>
}
