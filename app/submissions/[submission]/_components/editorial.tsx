import { BookOpen, ChevronRight } from 'lucide-react'
import { getLocale, getTranslations } from 'next-intl/server'
import { getViewer } from '@/lib/auth/viewer'
import { findEditorial } from '@/lib/learn/topics'
import { Markdown } from '../../../_ui/markdown/markdown'

/** The editorial of an exercise, folded; nothing for whoever has not passed it. */
export async function Editorial({ exercise }: { exercise: string }) {
  const t = await getTranslations('submissions.editorial')
  const viewer = await getViewer()
  const editorial = viewer && (await findEditorial(viewer.id, exercise))
  if (!editorial) return null
  return (
    <details className="group mt-12 border-y border-line">
      <summary className="flex list-none items-center gap-3 py-5 hover:text-accent">
        <BookOpen aria-hidden className="size-5 shrink-0 text-accent" />
        <span className="min-w-0 flex-1">
          <span className="block text-title font-semibold">{t('title')}</span>
          <span className="block text-ui text-ink-soft">{t('text')}</span>
        </span>
        <ChevronRight aria-hidden className="size-5 shrink-0 text-ink-soft group-open:rotate-90" />
      </summary>
      <Markdown text={editorial[await getLocale()]} className="pt-2 pb-10" />
    </details>
  )
}
