import { describe, expect, it } from 'vitest'
import { MAX_ROSTER_PEOPLE } from '@/lib/contract/roster'
import { parseRoster } from '@/lib/learn/classes/roster-parse'

const people = (text: string) => {
  const { lines, problems } = parseRoster(text)
  expect(problems).toEqual([])
  return lines.map(({ email, name, section, externalId }) => [email, name, section, externalId])
}
const problems = (text: string) => parseRoster(text).problems.map(({ line, rule, column }) => [line, rule, column])

describe('a roster', () => {
  it.each([
    ['without a header, by position', 'Ada@Example.org,Ada L.,A,7\nben@example.org'],
    ['with a header, in any order and spelling', 'Student ID;Section;E-Mail Address;Full Name\n7;A;ada@example.org;Ada L.\n;;ben@example.org;'],
    ['with a Chinese header', '学号,姓名,电子邮箱,班级\n7,Ada L.,ada@example.org,A\n,,ben@example.org,'],
    ['with tabs', 'email\tname\tsection\tid\nada@example.org\tAda L.\tA\t7\nben@example.org\t\t\t'],
    ['with the separators of Chinese typing', '邮箱，姓名，分组，学号\nada@example.org，Ada L.，A，7\nben@example.org，，，'],
    ['with a byte order mark, quotes, spaces, empty lines and lines of Windows', '\uFEFF"email", "name" ,section,id\r\n\r\n"ada@example.org" ,"Ada L.", A ,7\r\n,,,\r\nben@example.org,,,\r\n'],
    ['with names in two columns', 'First name,Surname,ID number,Email address,Group\nAda,L.,7,ada@example.org,A\n,,,ben@example.org,'],
  ])('is read %s', (_, text) => {
    expect(people(text)).toEqual([['ada@example.org', 'Ada L.', 'A', '7'], ['ben@example.org', null, null, null]])
  })

  it('keeps commas, quotes and signs of formulas inside of values', () => {
    expect(people('a@example.org,"Li, ""Lee"" Wei",=1+1,@7')).toEqual([['a@example.org', 'Li, "Lee" Wei', '=1+1', '@7']])
  })

  it('writes Chinese names of two columns family first, without a space', () => {
    expect(people('邮箱,名,姓\na@example.org,伟,张')).toEqual([['a@example.org', '张伟', null, null]])
  })

  it('tells the columns that it takes no notice of', () => {
    expect(parseRoster('email,Grade (A-F),,name\na@example.org,B,,Ada')).toMatchObject({ ignoredColumns: ['Grade (A-F)'], problems: [] })
  })
})

describe('what is wrong with a roster is told by its line:', () => {
  it.each([
    ['nobody in it', '', [[1, 'empty', null]]],
    ['nobody below the header', 'email,name\n', [[1, 'empty', null]]],
    ['no addresses', 'name,section\nAda,A', [[1, 'no-email-column', 'email']]],
    ['a column twice', 'email,name,Full name\na@example.org,Ada,Ada', [[1, 'column-twice', 'name']]],
    ['an open quote', 'a@example.org,Ada\nb@example.org,"Ben\nc@example.org,Cy', [[3, 'not-csv', null]]],
    ['a quote within a value', 'a@example.org,Ada\nb@example.org,Ben "B"', [[2, 'not-csv', null]]],
    ['no address in a line', 'email,name\n,Ada\nb@example.org,Ben', [[2, 'missing', 'email']]],
    ['something else in the place of an address', 'email\n\nnot an address\nb@example.org', [[3, 'not-an-address', 'email']]],
    ['an address too long', `${'x'.repeat(250)}@example.org`, [[1, 'too-long', 'email']]],
    ['a name too long', `a@example.org,${'x'.repeat(81)}`, [[1, 'too-long', 'name']]],
    ['a section too long', `a@example.org,Ada,${'x'.repeat(61)}`, [[1, 'too-long', 'section']]],
    ['an external id too long', `a@example.org,Ada,A,${'x'.repeat(65)}`, [[1, 'too-long', 'externalId']]],
    ['a line break in a name', 'a@example.org,"Ada\nL."\nb@example.org,Ben', [[2, 'control-characters', 'name']]],
    ['a sign that turns text around', 'a@example.org,Ada\u202Egpj', [[1, 'control-characters', 'name']]],
    ['more values than columns', 'email,name\na@example.org,Li,Wei', [[2, 'too-many-values', null]]],
    ['an address twice, in other capitals', 'a@example.org\nb@example.org\nA@example.org', [[3, 'twice', 'email']]],
    ['an external id twice', 'a@example.org,,,7\nb@example.org,,,7', [[2, 'twice', 'externalId']]],
    ['several things', 'email,name\nx,\na@example.org,Ada\n,Ben', [[2, 'not-an-address', 'email'], [4, 'missing', 'email']]],
  ])('%s', (_, text, expected) => {
    expect(problems(text)).toEqual(expected)
  })

  it('the line of what is there twice is told too', () => {
    expect(parseRoster('email\n\na@example.org\na@example.org').problems).toMatchObject([{ line: 4, otherLine: 3, value: 'a@example.org' }])
  })

  it('too many people', () => {
    const lines = Array.from({ length: MAX_ROSTER_PEOPLE + 1 }, (_, index) => `s${index}@example.org`)
    expect(problems(lines.join('\n'))).toEqual([[MAX_ROSTER_PEOPLE + 1, 'too-many-people', null]])
    expect(people(lines.slice(1).join('\n'))).toHaveLength(MAX_ROSTER_PEOPLE)
  })
})
