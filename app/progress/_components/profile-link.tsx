import { useTranslations } from 'next-intl'
import Link from 'next/link'

/** Who else sees what of this, and where to change that. @param onBoards whether leaderboards show the person to everybody */
export function ProfileLink({ handle, isPublic, onBoards }: { handle: string | null; isPublic: boolean; onBoards: boolean }) {
  const t = useTranslations('progress.seen')
  const settings = (words: React.ReactNode) => <Link href="/settings#profile" className="text-link">{words}</Link>
  if (handle === null || !(isPublic || onBoards)) return t.rich('private', { settings })
  const links = {
    settings,
    handle,
    profile: (words: React.ReactNode) => <Link href={`/people/${handle}`} className="text-link">{words}</Link>,
    board: (words: React.ReactNode) => <Link href="/leaderboard" className="text-link">{words}</Link>,
  }
  return t.rich(isPublic ? (onBoards ? 'publicOnBoards' : 'public') : 'onBoards', links)
}
