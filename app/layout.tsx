import './globals.css'
import type { Metadata, Viewport } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { ClientMessages } from './_i18n/client-messages'
import { LANGUAGE_TAGS } from './_i18n/locale'
import { lookUpViewer } from './_session/viewer'
import { EarlyActs } from './_shell/early-acts/early-acts'
import { Footer } from './_shell/footer'
import { Header } from './_shell/header'
import { Notices } from './_shell/notices'
import { RememberTimeZone } from './_shell/remember-time-zone'
import { SkipLink } from './_shell/skip-link'
import { inter } from './fonts'
import { PAPER, parseTheme, type Theme, THEME_COOKIE } from './_ui/theme/theme'
import { TooltipProvider } from './_ui/tooltip'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('common')
  const tagline = t('tagline')
  const title = { default: `Handroll · ${tagline.replace(/[.。]$/, '')}`, template: '%s · Handroll' }
  return { title, description: tagline }
}

/** Colours of what the browser itself paints: its bars, and a page before its styles are there. */
export async function generateViewport(): Promise<Viewport> {
  const theme = await chosenTheme()
  const light = { media: '(prefers-color-scheme: light)', color: PAPER.light }
  const dark = { media: '(prefers-color-scheme: dark)', color: PAPER.dark }
  return {
    width: 'device-width',
    initialScale: 1,
    colorScheme: theme === 'system' ? 'light dark' : theme,
    themeColor: theme === 'system' ? [light, dark] : PAPER[theme],
  }
}

async function chosenTheme(): Promise<Theme> {
  return parseTheme((await cookies()).get(THEME_COOKIE)?.value)
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const locale = await getLocale()
  const theme = await chosenTheme()
  const { viewer, reachable } = await lookUpViewer()
  return (
    <html
      lang={LANGUAGE_TAGS[locale]}
      data-theme={theme === 'system' ? undefined : theme}
      className={inter.className}
      suppressHydrationWarning
    >
      <body className="flex min-h-dvh flex-col">
        <EarlyActs />
        <ClientMessages areas={['errors']}>
          <TooltipProvider delayDuration={400}>
            <SkipLink />
            <RememberTimeZone />
            <Header viewer={viewer} theme={theme} accountsReachable={reachable} />
            <Notices accountsReachable={reachable} />
            <main id="content" tabIndex={-1} className="flex flex-1 flex-col outline-none">
              {children}
            </main>
            <Footer />
          </TooltipProvider>
        </ClientMessages>
      </body>
    </html>
  )
}
