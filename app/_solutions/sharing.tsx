import { Share2 } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import type { SharingChoices } from '@/lib/learn/solutions/sharing'
import { LocalTime } from '../_ui/local-time'
import { ShareDialog } from './share-dialog'
import { StopDialog } from './stop-dialog'

/**
 * Whether the reader shares a solution of an exercise, and what they can do about it. Stands within ClientMessages of
 * `solutions` and `errors`.
 * @param here the submission that the page is about, if it is about one
 */
export async function Sharing({ exercise, choices: { own, submission, handle, isPublic }, here }: {
  exercise: string
  choices: SharingChoices
  here?: string
}) {
  const t = await getTranslations('solutions.sharing')
  const isOther = own !== null && here !== undefined && own.submission !== here
  const offered = isOther || !own ? submission : null
  const signature = own?.signed && handle !== null ? { handle } : null
  return (
    <section
      aria-labelledby="sharing"
      className="flex flex-wrap items-start justify-between gap-x-8 gap-y-4 rounded-lg border border-line bg-surface px-5 py-4"
    >
      <div className="flex min-w-0 flex-1 basis-72 gap-3">
        <Share2 aria-hidden className="mt-1 size-5 shrink-0 text-ink-faint" />
        <div className="min-w-0 text-ui">
          <h2 id="sharing" className="text-body font-semibold">
            {t('title')}
          </h2>
          <p className="text-ink-soft">
            {!own && t('private')}
            {own && isOther && (signature ? t('otherAs', signature) : t('otherUnsigned'))}
            {own && !isOther && t.rich(signature ? 'sharedAs' : 'sharedUnsigned', {
              handle: handle ?? '', date: () => <LocalTime at={own.sharedAt} dateOnly />,
            })}
            {own && own.submission !== here && (
              <>
                {' '}
                <Link href={`/submissions/${own.submission}`} className="text-link">
                  {t('look')}
                </Link>
              </>
            )}
          </p>
          {own && !own.listed && <p className="mt-1 text-ink-soft">{t('unlisted')}</p>}
        </div>
      </div>
      <div className="flex flex-wrap gap-2">
        {offered !== null && (
          <ShareDialog
            exercise={exercise} submission={offered} handle={handle} isPublic={isPublic}
            replaces={isOther} label={t(isOther ? 'shareInstead' : here === undefined ? 'share' : 'shareThis')}
          />
        )}
        {own && !isOther && own.listed && (
          <ShareDialog
            exercise={exercise} submission={own.submission} handle={handle} isPublic={isPublic} signed={own.signed} label={t('change')}
          />
        )}
        {own && <StopDialog exercise={exercise} />}
      </div>
    </section>
  )
}
