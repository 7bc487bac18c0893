import { ArrowRight, Users } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { LinkButton } from '../_ui/button'

/** Leads from an exercise that was passed to what others share of it. */
export function SolutionsLink({ exercise }: { exercise: string }) {
  const t = useTranslations('solutions')
  return (
    <p className="mt-8 border-t border-line pt-6">
      <LinkButton href={`/exercises/${exercise}/solutions`} prefetch={false}>
        <Users aria-hidden />
        {t('see')}
        <ArrowRight aria-hidden />
      </LinkButton>
    </p>
  )
}
