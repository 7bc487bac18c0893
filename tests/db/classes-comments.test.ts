import { describe, expect, it } from 'vitest'
import { archiveClass } from '@/lib/learn/classes/settings'
import { getCellSource } from '@/lib/learn/classes/cell'
import { addComment, deleteComment, editComment, listReceivedComments } from '@/lib/learn/classes/comments'
import { useDatabase } from '../support/database'
import { useContent } from './support/content'
import { addMember, HOUR, newPerson, newSubmission } from './support/course'
import { FORBIDDEN, NOT_FOUND, newWork, OPENED } from './support/marked-work'

const test = useDatabase()
useContent()

describe('comments', () => {
  it('are written by staff, and read by the staff and by the author of the submission', async () => {
    const { course, student, assistant, item, read } = await newWork()
    const submission = await newSubmission(student.id, OPENED + HOUR)
    const line = await addComment(assistant, course.id, { submission, line: 1, body: 'Why?' })
    await addComment(course.instructor, course.id, { submission, line: null, body: 'Well done' })
    expect(line).toMatchObject({ line: 1, body: 'Why?', own: true, author: { id: assistant.id }, editedAt: null })
    const source = await getCellSource(course.instructor, course.id, { student: student.id, item, submission })
    expect(source.comments.map(({ body, line, own }) => [body, line, own])).toEqual([['Why?', 1, false], ['Well done', null, true]])
    expect(await listReceivedComments(student.id, submission)).toMatchObject([
      { body: 'Why?', own: false, className: 'Back ends' }, { body: 'Well done' },
    ])
    expect((await read()).submissions[0]).toMatchObject({ comments: 2 })
  })

  it('are shown to nobody else: not to other students, not after being removed, not in another class', async () => {
    const { course, student, item } = await newWork()
    const submission = await newSubmission(student.id, OPENED + HOUR)
    await addComment(course.instructor, course.id, { submission, line: null, body: 'Well done' })
    const other = await newWork()
    await addMember(other.course.id, student.id, 'student')
    const elsewhere = await getCellSource(other.course.instructor, other.course.id, {
      student: student.id, item: other.item, submission,
    })
    expect(elsewhere.comments).toEqual([])
    expect(await listReceivedComments(other.student.id, submission)).toEqual([])
    expect(await listReceivedComments(student.id, 'x')).toEqual([])
    expect(await listReceivedComments(student.id, submission)).toHaveLength(1)
    await test.db.classMember.updateMany({ where: { classId: course.id, userId: student.id }, data: { removedAt: new Date() } })
    expect(await listReceivedComments(student.id, submission)).toEqual([])
    await expect(getCellSource(course.instructor, course.id, { student: student.id, item, submission })).rejects.toMatchObject(NOT_FOUND)
  })

  it('are changed and taken away by their author only', async () => {
    const { course, student, assistant } = await newWork()
    const submission = await newSubmission(student.id, OPENED + HOUR)
    const { id } = await addComment(assistant, course.id, { submission, line: null, body: 'Wel done' })
    await expect(editComment(course.instructor, course.id, id, { body: 'Mine' })).rejects.toMatchObject(FORBIDDEN)
    await expect(deleteComment(course.instructor, course.id, id)).rejects.toMatchObject(FORBIDDEN)
    expect(await editComment(assistant, course.id, id, { body: 'Well done' })).toMatchObject({ body: 'Well done', editedAt: expect.any(String) })
    await deleteComment(assistant, course.id, id)
    expect(await listReceivedComments(student.id, submission)).toEqual([])
    await expect(deleteComment(assistant, course.id, id)).rejects.toMatchObject(NOT_FOUND)
  })

  it('of an author whose account is gone can be taken away by instructors of the class, and only by them', async () => {
    const { course, student, assistant, item } = await newWork()
    const submission = await newSubmission(student.id, OPENED + HOUR)
    const { id } = await addComment(assistant, course.id, { submission, line: null, body: 'Well done' })
    const { id: present } = await addComment(course.instructor, course.id, { submission, line: null, body: 'Indeed' })
    await test.db.user.delete({ where: { id: assistant.id } })
    const other = await newPerson()
    await addMember(course.id, other.id, 'assistant')
    const seenBy = async (viewer: typeof other) =>
      (await getCellSource(viewer, course.id, { student: student.id, item, submission })).comments
    expect(await seenBy(other)).toMatchObject([{ id, author: null, clearable: false }, { id: present, clearable: false }])
    expect(await seenBy(course.instructor)).toMatchObject([{ id, clearable: true, own: false }, { id: present, own: true }])
    await expect(deleteComment(other, course.id, id)).rejects.toMatchObject(FORBIDDEN)
    await expect(editComment(course.instructor, course.id, id, { body: 'Mine' })).rejects.toMatchObject(FORBIDDEN)
    await deleteComment(course.instructor, course.id, id)
    expect(await listReceivedComments(student.id, submission)).toMatchObject([{ id: present, clearable: false }])
    expect(await test.db.auditEntry.findMany({ where: { classId: course.id, action: 'class.comment-cleared' } }))
      .toMatchObject([{ actorId: course.instructor.id, detail: { submission } }])
  })

  it('are refused for submissions that are none of the class\'s work, lines that are not there, students and archived classes', async () => {
    const { course, student, assistant } = await newWork()
    const submission = await newSubmission(student.id, OPENED + HOUR)
    const other = await newWork()
    const foreign = await newSubmission(other.student.id, OPENED + HOUR)
    const add = (body: object, viewer = course.instructor) =>
      addComment(viewer, course.id, { submission, line: null, body: 'x', ...body })
    const early = await newSubmission(student.id, OPENED - 1)
    for (const submission of [foreign, early]) await expect(add({ submission })).rejects.toMatchObject(NOT_FOUND)
    await expect(add({ line: 2 })).rejects.toMatchObject({ code: 'bad-request' })
    await expect(add({}, student)).rejects.toMatchObject(FORBIDDEN)
    const { id } = await add({}, assistant)
    await expect(editComment(other.course.instructor, other.course.id, id, { body: 'x' })).rejects.toMatchObject(NOT_FOUND)
    await archiveClass(course.instructor, course.id, true)
    await expect(add({})).rejects.toMatchObject({ code: 'class-archived' })
    await expect(deleteComment(assistant, course.id, id)).rejects.toMatchObject({ code: 'class-archived' })
  })
})
