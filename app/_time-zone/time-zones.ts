/** The time zones that this server knows, by their first part: `Asia` has `Asia/Shanghai`. UTC stands alone. */
export function listTimeZones(): string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]
}
