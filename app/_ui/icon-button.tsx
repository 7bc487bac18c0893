'use client'

import type { ComponentProps, ReactElement } from 'react'
import { Button } from './button'
import { Tooltip } from './tooltip'

/** A square button with an icon only. `label` is its name, read aloud and shown as a tooltip. */
export function IconButton({
  label,
  icon,
  ...rest
}: Omit<ComponentProps<typeof Button>, 'children' | 'square'> & { label: string; icon: ReactElement }) {
  return (
    <Tooltip text={label}>
      <Button tone="quiet" aria-label={label} {...rest} square>
        {icon}
      </Button>
    </Tooltip>
  )
}
