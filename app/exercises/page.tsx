import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { listTopics } from '@/lib/learn/topics'
import { Catalogue } from '../_catalogue/catalogue'
import { entriesOf, topicsOf } from '../_catalogue/entry'
import { promptTextsVersion } from '../_catalogue/prompt-texts'
import { ClientMessages } from '../_i18n/client-messages'
import { findOwnProgress } from '../_session/progress'
import { lookUpViewer } from '../_session/viewer'
import { Page, PageHeader } from '../_ui/page'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('catalogue')
  return { title: t('title'), description: t('lead') }
}

export default async function Exercises() {
  const t = await getTranslations('catalogue')
  const topics = await listTopics()
  const progress = await findOwnProgress()
  const { viewer } = await lookUpViewer()
  return (
    <Page>
      <PageHeader title={t('title')} lead={t('lead')} />
      <ClientMessages areas={['catalogue']}>
        <Catalogue
          topics={topicsOf(topics)}
          entries={entriesOf(topics, progress)}
          promptsVersion={await promptTextsVersion()}
          signedIn={viewer !== null}
        />
      </ClientMessages>
    </Page>
  )
}
