import type { ExerciseState } from '../_ui/state-mark'

const BOX = 13
const STEP = 16

/**
 * A row of boxes, drawn: full with a tick for passed, half full for tried, empty for not started. Without a label it
 * is decoration.
 */
export function StateStrip({ states, label }: { states: readonly ExerciseState[]; label: string }) {
  const width = Math.max(1, states.length) * STEP - (STEP - BOX)
  return (
    <svg
      {...(label === '' ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
      width={width}
      height={BOX}
      viewBox={`0 0 ${width} ${BOX}`}
      className="shrink-0"
    >
      {states.map((state, index) => (
        <g key={index} transform={`translate(${index * STEP} 0)`}>
          {state === 'passed' && (
            <>
              <rect width={BOX} height={BOX} rx="2.5" fill="var(--color-good)" />
              <path d="m3.5 6.8 2 2 4-4.4" fill="none" stroke="var(--color-paper)" strokeWidth="1.6" />
            </>
          )}
          {state === 'tried' && (
            <>
              <path d="M.75 12.25V3a2.25 2.25 0 0 1 2.25-2.25h9.25z" fill="var(--color-warn)" />
              <Outline colour="var(--color-warn)" />
            </>
          )}
          {state === 'untouched' && <Outline colour="var(--color-line-strong)" />}
        </g>
      ))}
    </svg>
  )
}

function Outline({ colour }: { colour: string }) {
  const size = BOX - 1.2
  return <rect x="0.6" y="0.6" width={size} height={size} rx="2" fill="none" stroke={colour} strokeWidth="1.2" />
}
