'use client'

import { useSortable } from '@dnd-kit/sortable'
import { CSS } from '@dnd-kit/utilities'
import { GripVertical, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { ITEM_KINDS } from '@/lib/contract/problem-set'
import { cx } from '../../../../_ui/cx'
import { Input } from '../../../../_ui/field'
import { IconButton } from '../../../../_ui/icon-button'
import { Select } from '../../../../_ui/select'
import type { FormItem } from './form'

/** One exercise in the editor. Its handle takes the pointer, and with the space bar the arrow keys. */
export function ItemRow({ item, title, isGone, error, onChange, onRemove }: {
  item: FormItem
  title: string
  /** Whether the catalogue has it no more. */
  isGone: boolean
  error: string | null
  onChange: (item: FormItem) => void
  onRemove: () => void
}) {
  const t = useTranslations('sets')
  const sortable = useSortable({ id: item.exercise })
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = sortable
  return (
    <li
      ref={setNodeRef}
      style={{ transform: CSS.Translate.toString(transform), transition }}
      className={cx(
        'grid grid-cols-[2rem_minmax(0,1fr)_auto] items-center gap-x-2 gap-y-2 border-b border-line bg-paper py-2',
        'sm:grid-cols-[2rem_minmax(0,1fr)_6rem_9rem_auto]',
        isDragging && 'relative z-10 shadow-floating',
      )}
    >
      <button
        type="button"
        ref={setActivatorNodeRef}
        {...attributes}
        {...listeners}
        aria-label={t('editor.drag.handle', { title })}
        className="grid size-8 cursor-grab touch-none place-items-center rounded-md text-ink-soft hover:bg-sunken"
      >
        <GripVertical aria-hidden className="size-4" />
      </button>
      <span className={cx('min-w-0 font-medium break-words', isGone && 'text-ink-soft')}>
        {isGone ? t('gone', { exercise: title }) : title}
      </span>
      <IconButton
        label={t('editor.removeItem', { title })} icon={<X aria-hidden />} onClick={onRemove} className="sm:order-last"
      />
      <Input
        aria-label={t('editor.points', { title })} aria-invalid={error ? true : undefined} inputMode="numeric"
        value={item.points}
        onChange={(event) => onChange({ ...item, points: event.target.value })}
        className="max-sm:col-start-2 max-sm:w-24"
      />
      <Select
        label={t('editor.kind', { title })} value={item.kind} className="max-sm:col-start-2"
        onChange={(value) => onChange({ ...item, kind: ITEM_KINDS.find((kind) => kind === value) ?? 'required' })}
      >
        {ITEM_KINDS.map((kind) => (
          <option key={kind} value={kind}>
            {t(`kind.${kind}`)}
          </option>
        ))}
      </Select>
      {error && <p className="col-span-full pl-10 text-small font-medium text-bad">{error}</p>}
    </li>
  )
}
