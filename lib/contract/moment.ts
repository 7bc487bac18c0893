import { z } from 'zod'

const EARLIEST = Date.parse('2000-01-01T00:00:00Z')
const LATEST = Date.parse('2200-01-01T00:00:00Z')

/** A time that somebody chooses, in UTC. Bounded, so that whatever is added to it is still a date for everybody. */
export const Moment = z.iso.datetime().refine((text) => Date.parse(text) >= EARLIEST && Date.parse(text) < LATEST, {
  message: 'must be from 2000 to 2199',
  params: { rule: 'out-of-time' },
})
