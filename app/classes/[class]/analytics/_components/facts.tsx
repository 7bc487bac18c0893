/** The few numbers that matter, side by side. */
export function Facts({ facts }: { facts: readonly { name: string; value: string }[] }) {
  return (
    <dl
      className={
        'grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line sm:grid-cols-3 lg:grid-cols-6'
      }
    >
      {facts.map(({ name, value }) => (
        <div key={name} className="flex flex-col-reverse justify-end gap-1 bg-surface px-4 py-3">
          <dt className="text-small text-ink-soft">{name}</dt>
          <dd className="text-title font-semibold figures">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
