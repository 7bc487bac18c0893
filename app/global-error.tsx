'use client'

import './globals.css'
import { LANGUAGE_TAGS } from './_i18n/locale'
import enCommon from './_i18n/messages/en/common.json'
import en from './_i18n/messages/en/errors.json'
import zhCommon from './_i18n/messages/zh/common.json'
import zh from './_i18n/messages/zh/errors.json'
import { buttonClass } from './_ui/button'
import { LogoMark } from './_ui/logo'

const WORDS = { en: { ...en.page, retry: enCommon.retry }, zh: { ...zh.page, retry: zhCommon.retry } }

/** The last resort, when the layout itself fails: it stands alone and reads the reader's choices from the cookies. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  const cookies = typeof document === 'undefined' ? '' : document.cookie
  const locale = /(?:^|; )locale=zh/.test(cookies) ? 'zh' : 'en'
  const theme = /(?:^|; )theme=(light|dark)/.exec(cookies)?.[1]
  const words = WORDS[locale]
  return (
    <html lang={LANGUAGE_TAGS[locale]} data-theme={theme}>
      <body className="mx-auto flex min-h-dvh max-w-page flex-col justify-center px-6">
        <title>{words.title}</title>
        <LogoMark className="size-10 text-accent" />
        <h1 className="mt-5 text-display font-[640]">{words.title}</h1>
        <p className="mt-3 max-w-note text-body text-ink-soft">{words.text}</p>
        <p className="mt-7 flex gap-3">
          <button
            type="button"
            onClick={() => window.location.reload()}
            className={buttonClass({ tone: 'primary' })}
          >
            {words.retry}
          </button>
          <a href="/" className={buttonClass()}>
            {words.home}
          </a>
        </p>
        {error.digest && (
          <p className="mt-6 font-mono text-small text-ink-soft">{words.id.replace('{id}', error.digest)}</p>
        )}
      </body>
    </html>
  )
}
