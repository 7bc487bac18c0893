import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { CLASS_ROLES } from '@/lib/contract/class'
import { CLASS_RIGHTS, roleHas, type ClassRight } from '@/lib/learn/classes/rights'

const PAGE = readFileSync(path.resolve(import.meta.dirname, '../../docs/classes.md'), 'utf8')

it('the page about classes has the table of rights as it is', () => {
  const rows = [...PAGE.matchAll(/^\| `([\w.-]+\.[\w.-]+)` \|(.*)\|$/gm)].map(([, right = '', cells = '']) => {
    return [right, cells.split('|').map((cell) => cell.trim() === 'x')]
  })
  const rights = Object.keys(CLASS_RIGHTS) as ClassRight[]
  expect(rows).toEqual(rights.map((right) => [right, CLASS_ROLES.map((role) => roleHas(role, right))]))
})
