/** How the guest ends by itself. Only hints for the reason of a verdict: a solution can end with any of them too. */
export const GuestExit = {
  /** The judge is gone, or the guest's own end of the membrane broke. */
  broken: 70,
  /** An answer was larger than a frame may be. */
  outputLimit: 71,
} as const
