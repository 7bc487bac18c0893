import { useTranslations } from 'next-intl'
import Link from 'next/link'
import type { ClassSummary } from '@/lib/contract/class'
import { Badge } from '../../_ui/badge'

/** Classes with what the viewer is in them. */
export function ClassList({ title, text, label, classes }: {
  title?: string
  text?: string
  label: string
  classes: ClassSummary[]
}) {
  return (
    <section aria-label={label} className={title ? 'mt-12' : undefined}>
      {title && <h2 className="mb-3 text-title font-semibold">{title}</h2>}
      {text && <p className="-mt-2 mb-4 text-ui text-ink-soft">{text}</p>}
      <ul className="grid border-t border-line sm:grid-cols-2 sm:gap-x-10 lg:gap-x-16">
        {classes.map((each) => (
          <li key={each.id} className="border-b border-line">
            <ClassCard view={each} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function ClassCard({ view: { id, name, term, role, students, instructors } }: { view: ClassSummary }) {
  const t = useTranslations('classes')
  return (
    <div className="group relative flex h-full flex-col py-5">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-small text-ink-soft">
        <Badge tone={role === 'student' ? 'neutral' : 'accent'}>{t(`roles.${role}`)}</Badge>
        {term}
      </p>
      <h2 className="mt-2 text-title font-semibold wrap-anywhere">
        <Link
          href={`/classes/${id}`}
          prefetch={false}
          className={
            'decoration-accent decoration-2 underline-offset-4 group-hover:underline ' +
            'after:absolute after:inset-0 after:content-[""]'
          }
        >
          {name}
        </Link>
      </h2>
      <p className="mt-1 text-ui text-ink-soft figures">
        {students === null
          ? instructors.length > 0 && t('list.taughtBy', { names: instructors.join(', ') })
          : t('list.students', { count: students })}
      </p>
    </div>
  )
}
