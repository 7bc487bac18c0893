import Link from 'next/link'
import { Fragment } from 'react'

/** The pages above this one. */
export function WayBack({ label, steps }: { label: string; steps: readonly { href: string; name: string }[] }) {
  return (
    <nav aria-label={label} className="mb-2 text-ui">
      {steps.map(({ href, name }, index) => (
        <Fragment key={href}>
          {index > 0 && <span aria-hidden> / </span>}
          <Link href={href} prefetch={false} className="text-link">
            {name}
          </Link>
        </Fragment>
      ))}
    </nav>
  )
}
