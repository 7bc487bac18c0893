'use client'

import { Select } from '../_ui/select'
import type { FieldControl } from '../_ui/field'

/** A time zone by continent and place, so that typing a place finds it. */
export function TimeZoneSelect({ control, zones, other, value, onChange }: {
  control: FieldControl
  zones: string[]
  /** Names the group of zones without a continent. */
  other: string
  value: string
  onChange: (zone: string) => void
}) {
  // What was chosen long ago may be a zone under an older name.
  const all = zones.includes(value) ? zones : [value, ...zones]
  const groups = new Map<string, string[]>()
  for (const zone of all) {
    const group = zone.includes('/') ? zone.slice(0, zone.indexOf('/')) : other
    groups.set(group, [...(groups.get(group) ?? []), zone])
  }
  return (
    <Select {...control} name="timeZone" value={value} onChange={onChange}>
      {[...groups].map(([group, members]) => (
        <optgroup key={group} label={group}>
          {members.map((zone) => (
            <option key={zone} value={zone}>
              {placeOf(zone)}
            </option>
          ))}
        </optgroup>
      ))}
    </Select>
  )
}

function placeOf(zone: string): string {
  const place = zone.slice(zone.indexOf('/') + 1).replaceAll('_', ' ').replaceAll('/', ', ')
  return zone.includes('/') ? `${place} (${zone})` : zone
}
