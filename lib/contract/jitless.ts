import { z } from 'zod'

/*
 * Imported for its effect by code that parses in the browser: zod would otherwise try `new Function` once, which the
 * page's policy refuses and reports.
 */
z.config({ jitless: true })
