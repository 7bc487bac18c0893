/** First heading of a page, from its HTML. The rest of the HTML also holds words that are not shown. */
export function headingOf(html: string): string {
  return (/<h1[^>]*>(.*?)<\/h1>/s.exec(html)?.[1] ?? '').replace(/<[^>]*>/g, '')
}
