/** Each export reads much; nobody needs them more often. */
export const EXPORT_LIMIT = { name: 'export', per: 'viewer', limit: 30, windowSeconds: 60 } as const
