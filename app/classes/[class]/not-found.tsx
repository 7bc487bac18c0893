import { FileQuestion } from 'lucide-react'
import type { Metadata } from 'next'
import { useTranslations } from 'next-intl'
import { getTranslations } from 'next-intl/server'
import { Message } from '../../_shell/message'
import { LinkButton } from '../../_ui/button'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('classes.notFound')
  return { title: t('title') }
}

export default function ClassNotFound() {
  const t = useTranslations('classes.notFound')
  return (
    <Message icon={<FileQuestion />} title={t('title')} text={t('text')} note="404">
      <LinkButton href="/classes" tone="primary">
        {t('action')}
      </LinkButton>
    </Message>
  )
}
