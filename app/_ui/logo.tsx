/** The mark: the end of a sheet of paper that is being rolled, in one stroke. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg aria-hidden viewBox="0 0 24 24" fill="none" className={className}>
      <path
        d={
          'M22.5 20.5H12a8.5 8.5 0 0 1-8.5-8.5A8.5 8.5 0 0 1 12 3.5a7 7 0 0 1 7 7 6.25 6.25 0 0 1-6.25 6.25' +
          'A5 5 0 0 1 7.75 11.75 3.9 3.9 0 0 1 11.65 7.85 2.9 2.9 0 0 1 14.5 10.7'
        }
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
      />
    </svg>
  )
}
