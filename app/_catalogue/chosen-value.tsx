import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'

/** A value that was chosen in a menu, where it would not be seen. Pressed, it goes. */
export function ChosenValue({ label, onRemove }: { label: string; onRemove: () => void }) {
  const t = useTranslations('catalogue.filters')
  return (
    <button
      type="button"
      aria-label={t('remove', { value: label })}
      onClick={onRemove}
      className={
        'inline-flex h-8 max-w-full items-center gap-1.5 rounded-full bg-accent-soft pr-2 pl-3 text-ui text-accent ' +
        'hover:text-accent-strong'
      }
    >
      <span className="truncate">{label}</span>
      <X aria-hidden className="size-4 shrink-0" />
    </button>
  )
}
