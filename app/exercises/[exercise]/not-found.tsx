import { SearchX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Message } from '../../_shell/message'
import { LinkButton } from '../../_ui/button'

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
