import { useTranslations } from 'next-intl'
import Link from 'next/link'

/** Who else sees this, and where to change that. */
export function ProfileLink({ handle, isPublic }: { handle: string | null; isPublic: boolean }) {
  const t = useTranslations('progress.seen')
  const settings = (words: React.ReactNode) => <Link href="/settings#profile" className="text-link">{words}</Link>
  return isPublic && handle !== null
    ? t.rich('public', {
      settings,
      handle,
      profile: (words) => <Link href={`/people/${handle}`} className="text-link">{words}</Link>,
    })
    : t.rich('private', { settings })
}
