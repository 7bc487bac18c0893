'use client'

import {
  closestCenter, DndContext, type DragEndEvent, KeyboardSensor, PointerSensor, useSensor, useSensors,
} from '@dnd-kit/core'
import { arrayMove, SortableContext, sortableKeyboardCoordinates, verticalListSortingStrategy } from '@dnd-kit/sortable'
import { useLocale, useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { POINTS_BY_DIFFICULTY } from '@/lib/contract/exercise'
import type { CatalogueEntry, CatalogueTopic } from '../../../../_catalogue/entry'
import { Field, Input } from '../../../../_ui/field'
import { ExercisePicker } from './exercise-picker'
import type { FormItem } from './form'
import { FormSection, type PartProps } from './form-section'
import { ItemRow } from './item-row'

/** The exercises of the set: chosen from the catalogue, ordered by dragging or by keys, each with its points. */
export function ItemsField({ form, onChange, issueText, topics, entries, promptsVersion }: PartProps & {
  topics: CatalogueTopic[]
  entries: CatalogueEntry[]
  promptsVersion: string
}) {
  const t = useTranslations('sets.editor')
  const drag = useTranslations('sets.editor.drag')
  const locale = useLocale()
  const { items } = form
  const titles = useMemo(() => new Map(entries.map(({ slug, title }) => [slug, title[locale]])), [entries, locale])
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  )
  const nameOf = (slug: string | number) => titles.get(String(slug)) ?? String(slug)
  const placeOf = (slug: string | number) => items.findIndex(({ exercise }) => exercise === slug)
  const setItems = (next: FormItem[]) => onChange({ items: next })
  const choices = items.filter(({ kind }) => kind === 'choice').length

  function onDragEnd({ active, over }: DragEndEvent) {
    if (over && active.id !== over.id) setItems(arrayMove(items, placeOf(active.id), placeOf(over.id)))
  }

  function add(entry: CatalogueEntry) {
    const points = String(POINTS_BY_DIFFICULTY[entry.difficulty])
    setItems([...items, { exercise: entry.slug, points, kind: 'required' }])
  }

  return (
    <FormSection title={t('items')} help={t('itemsHelp')}>
      {items.length > 0 && (
        <DndContext
          id="set-items"
          sensors={sensors}
          collisionDetection={closestCenter}
          onDragEnd={onDragEnd}
          accessibility={{
            screenReaderInstructions: { draggable: drag('instructions') },
            announcements: {
              onDragStart: ({ active }) => drag('start', { title: nameOf(active.id), place: placeOf(active.id) + 1 }),
              onDragOver: ({ active, over }) => over
                ? drag('over', { title: nameOf(active.id), place: placeOf(over.id) + 1, of: items.length })
                : undefined,
              onDragEnd: ({ active, over }) =>
                drag('end', { title: nameOf(active.id), place: placeOf(over?.id ?? active.id) + 1, of: items.length }),
              onDragCancel: ({ active }) => drag('cancel', { title: nameOf(active.id) }),
            },
          }}
        >
          <SortableContext items={items.map(({ exercise }) => exercise)} strategy={verticalListSortingStrategy}>
            <ol className="border-t border-line" aria-label={t('items')}>
              {items.map((item, index) => (
                <ItemRow
                  key={item.exercise}
                  item={item}
                  title={nameOf(item.exercise)}
                  isGone={!titles.has(item.exercise)}
                  error={issueText(`items.${index}.points`) ?? issueText(`items.${index}.exercise`)}
                  onChange={(next) => setItems(items.map((each) => (each.exercise === item.exercise ? next : each)))}
                  onRemove={() => setItems(items.filter(({ exercise }) => exercise !== item.exercise))}
                />
              ))}
            </ol>
          </SortableContext>
        </DndContext>
      )}
      <div className="flex flex-wrap items-end justify-between gap-4">
        <ExercisePicker
          topics={topics} entries={entries} promptsVersion={promptsVersion}
          chosen={new Set(items.map(({ exercise }) => exercise))} onAdd={add}
        />
        {choices > 0 && (
          <Field label={t('pick', { of: choices })} error={issueText('pickCount')} className="w-64">
            {(control) => (
              <Input
                {...control} inputMode="numeric" value={form.pickCount}
                onChange={(event) => onChange({ pickCount: event.target.value })}
              />
            )}
          </Field>
        )}
      </div>
      {issueText('items') && <p className="text-small font-medium text-bad">{issueText('items')}</p>}
    </FormSection>
  )
}
