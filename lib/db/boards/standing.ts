import { Prisma } from '../generated/client'

/*
 * A standing is points and the moment at which they were reached in one whole number: whoever has the lower one stands
 * higher, and equal ones share a rank. From the high bits down: what is missing to the most points that there can be,
 * then the moment in milliseconds since 1970.
 */

const MOST_POINTS = 2 ** 20 - 1
const TIME_BITS = 42

/** SQL of the standing of somebody with `points` reached `at` a moment. */
export function standingOf(points: Prisma.Sql, at: Prisma.Sql): Prisma.Sql {
  const missing = Prisma.sql`(${MOST_POINTS}::bigint - least(${points}, ${MOST_POINTS})::bigint)`
  return Prisma.sql`((${missing} << ${TIME_BITS}::int) + (extract(epoch from ${at}) * 1000)::bigint)`
}

/** The lowest standing that anybody with at most these points can have. */
export function firstStandingWith(points: number): bigint {
  return BigInt(MOST_POINTS - points) << BigInt(TIME_BITS)
}

export function readStanding(standing: bigint): { points: number; reachedAt: Date } {
  return {
    points: MOST_POINTS - Number(standing >> BigInt(TIME_BITS)),
    reachedAt: new Date(Number(standing & ((1n << BigInt(TIME_BITS)) - 1n))),
  }
}
