import { SearchX } from 'lucide-react'
import type { Metadata } from 'next'
import { useTranslations } from 'next-intl'
import { getTranslations } from 'next-intl/server'
import { Message } from '../../_shell/message'
import { LinkButton } from '../../_ui/button'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('errors.notFound')
  return { title: t('exercise.title') }
}

export default function ExerciseNotFound() {
  const t = useTranslations('errors.notFound')
  return (
    <Message icon={<SearchX />} title={t('exercise.title')} text={t('exercise.text')} note="404">
      <LinkButton href="/" tone="primary">
        {t('home')}
      </LinkButton>
    </Message>
  )
}
