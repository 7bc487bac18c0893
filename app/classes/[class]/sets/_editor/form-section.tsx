import type { ReactNode } from 'react'
import type { SetForm } from './form'

/** What every part of the editor gets. */
export interface PartProps {
  form: SetForm
  onChange: (parts: Partial<SetForm>) => void
  issueText: (path: string) => string | null
}

/** A part of the editor under its heading. */
export function FormSection({ title, help, children }: { title: string; help?: ReactNode; children: ReactNode }) {
  return (
    <fieldset className="flex min-w-0 flex-col gap-4">
      <legend className="mb-1 text-title font-semibold">{title}</legend>
      {help && <p className="max-w-prose text-ui text-ink-soft">{help}</p>}
      {children}
    </fieldset>
  )
}
