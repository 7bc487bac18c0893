/** Plain text in paragraphs, which empty lines part. */
export function Paragraphs({ text }: { text: string }) {
  if (text === '') return null
  return (
    <div className="flex max-w-note flex-col gap-3 text-body">
      {text.split(/\n\s*\n/).map((paragraph, index) => (
        <p key={index} className="break-words whitespace-pre-line">
          {paragraph}
        </p>
      ))}
    </div>
  )
}
