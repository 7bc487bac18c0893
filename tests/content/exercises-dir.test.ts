import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { exercisesDir } from '@/lib/content/exercises-dir'
import { loadCatalogue } from '@/lib/content/load-catalogue'
import { sampleCourse, without, writeCourse } from './sample-course'

describe('EXERCISES_DIR', () => {
  it('names the content folder, from wherever the process was started', () => {
    expect(exercisesDir({ EXERCISES_DIR: '/srv/school/course' })).toBe('/srv/school/course')
    expect(exercisesDir({ EXERCISES_DIR: '../school' })).toBe(path.resolve('../school'))
  })

  it('is the folder exercises when it is unset or blank', () => {
    expect(exercisesDir({})).toBe(path.resolve('exercises'))
    expect(exercisesDir({ EXERCISES_DIR: ' ' })).toBe(path.resolve('exercises'))
  })

  it('may lie outside the repository, and a broken exercise in it is no reason not to start', async () => {
    const dir = await writeCourse(without(sampleCourse(), 'numbers/clamp/solution.ts'))
    const { catalogue, problems } = await loadCatalogue(exercisesDir({ EXERCISES_DIR: dir }))
    expect(catalogue.findTopic('numbers')?.exercises).toEqual([])
    expect(problems).toEqual([
      { file: 'numbers/clamp/solution.ts', rule: 'file-missing', message: 'is missing or empty' },
    ])
  })
})
