import { History } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import type { Viewer } from '@/lib/contract/account'
import { ProblemError } from '@/lib/contract/problem'
import { getJoin } from '@/lib/learn/classes/join-settings'
import { ClientMessages } from '../../../_i18n/client-messages'
import { listTimeZones } from '../../../_time-zone/time-zones'
import { LinkButton } from '../../../_ui/button'
import { ClassFrame } from '../_components/class-frame'
import { classMetadata, classPage } from '../_components/class-page'
import { findClass } from '../_components/find-class'
import { findBoardSettings } from '../_components/find-board-settings'
import { ArchiveClass } from './_components/archive-class'
import { BoardSettings } from './_components/board-settings'
import { GeneralForm } from './_components/general-form'
import { JoinSettings } from './_components/join-settings'
import { SettingsSection } from './_components/settings-section'

export async function generateMetadata({ params }: PageProps<'/classes/[class]/settings'>) {
  return classMetadata((await params).class, 'settings')
}

export default async function ClassSettings({ params }: PageProps<'/classes/[class]/settings'>) {
  const { class: classId } = await params
  return classPage(`/classes/${classId}/settings`, (viewer) => renderPage(viewer, classId))
}

async function renderPage(viewer: Viewer, classId: string) {
  const view = await findClass(viewer, classId)
  if (view.role !== 'instructor') throw new ProblemError('forbidden', 'Only instructors see the settings.')
  const t = await getTranslations('classes.settings')
  const log = await getTranslations('classes.log')
  const boards = await getTranslations('classes.boards')
  const regrades = await getTranslations('regrades')
  const { mode, top } = await findBoardSettings(viewer, classId)
  const isArchived = view.archivedAt !== null
  const { id, name, term, timeZone, graceDays } = view
  return (
    <ClassFrame classId={classId} viewer={viewer} current="settings">
      <ClientMessages areas={['classes', 'errors']}>
        <div>
          {!isArchived && (
            <>
              <SettingsSection title={t('general')} text={t('generalText')}>
                <GeneralForm classId={id} initial={{ name, term, timeZone, graceDays }} zones={listTimeZones()} />
              </SettingsSection>
              <SettingsSection id="joining" title={t('join')} text={t('joinText')}>
                <JoinSettings classId={id} join={await getJoin(viewer, id)} timeZone={timeZone} />
              </SettingsSection>
              <SettingsSection id="leaderboards" title={boards('title')} text={boards('text')}>
                <BoardSettings classId={id} initial={{ mode, top }} />
              </SettingsSection>
            </>
          )}
          <SettingsSection title={regrades('title')} text={regrades('settingsText')}>
            <LinkButton href={`/classes/${id}/regrades`}>{regrades('settingsLink')}</LinkButton>
          </SettingsSection>
          <SettingsSection title={log('title')} text={t('logText')}>
            <LinkButton href={`/classes/${id}/settings/log`} prefetch={false}>
              <History aria-hidden />
              {log('open')}
            </LinkButton>
          </SettingsSection>
          <SettingsSection title={t('archive')} text={t(isArchived ? 'backText' : 'archiveText')}>
            <ArchiveClass classId={id} name={name} isArchived={isArchived} />
          </SettingsSection>
        </div>
      </ClientMessages>
    </ClassFrame>
  )
}
