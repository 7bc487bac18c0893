'use client'

import { Download, FileArchive, FileJson, FileSpreadsheet } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Button } from '../../../../_ui/button'
import { Menu, MenuFile, MenuLabel, MenuSeparator } from '../../../../_ui/menu'

/** The files that an instructor can take along. */
export function ExportMenu({ classId, sets }: { classId: string; sets: { id: string; title: string }[] }) {
  const t = useTranslations('gradebook.export')
  const path = `/api/classes/${classId}/export`
  return (
    <Menu
      trigger={
        <Button>
          <Download aria-hidden />
          {t('open')}
        </Button>
      }
    >
      <MenuFile href={`${path}/csv`}>
        <FileSpreadsheet aria-hidden />
        <Described text={t('csvText')}>{t('csv')}</Described>
      </MenuFile>
      <MenuFile href={`${path}/json`}>
        <FileJson aria-hidden />
        <Described text={t('jsonText')}>{t('json')}</Described>
      </MenuFile>
      <MenuSeparator />
      <MenuLabel>{t('zip')}</MenuLabel>
      {sets.map(({ id, title }) => (
        <MenuFile key={id} href={`${path}/sets/${id}`}>
          <FileArchive aria-hidden />
          <span className="max-w-64 truncate">{title}</span>
        </MenuFile>
      ))}
    </Menu>
  )
}

function Described({ text, children }: { text: string; children: ReactNode }) {
  return (
    <span className="min-w-0">
      <span className="block">{children}</span>
      <span className="block text-small text-ink-soft">{text}</span>
    </span>
  )
}
