import { getTranslations } from 'next-intl/server'
import { Code } from '../../../_ui/markdown/code'

/** The visible tests, to be read beside the editor. */
export async function TestSource({ source }: { source: string }) {
  const t = await getTranslations('workspace.tests')
  return (
    <section>
      <h2 className="text-body font-semibold">{t('visible')}</h2>
      <p className="mt-1 mb-3 text-ui text-ink-soft">{t('visibleText')}</p>
      <Code source={source} />
    </section>
  )
}
