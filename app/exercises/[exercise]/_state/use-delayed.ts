'use client'

import { useEffect, useState } from 'react'

/** True once `value` has been true for `ms`; false at once when it is not. */
export function useDelayed(value: boolean, ms: number): boolean {
  const [late, setLate] = useState(false)
  useEffect(() => {
    if (!value) return
    const timer = setTimeout(() => setLate(true), ms)
    return () => {
      clearTimeout(timer)
      setLate(false)
    }
  }, [value, ms])
  return value && late
}
