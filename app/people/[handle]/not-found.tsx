import { UserX } from 'lucide-react'
import type { Metadata } from 'next'
import { useTranslations } from 'next-intl'
import { getTranslations } from 'next-intl/server'
import { Message } from '../../_shell/message'
import { LinkButton } from '../../_ui/button'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('profile.notFound')
  return { title: t('title') }
}

export default function ProfileNotFound() {
  const t = useTranslations('profile.notFound')
  const home = useTranslations('errors.notFound')
  return (
    <Message icon={<UserX />} title={t('title')} text={t('text')} note="404">
      <LinkButton href="/" tone="primary">
        {home('home')}
      </LinkButton>
    </Message>
  )
}
