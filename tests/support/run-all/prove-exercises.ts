import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { independentDirOf } from '@/lib/content/check/repository'
import { runCheck } from '@/lib/content/check/run-check'
import { loadCatalogue } from '@/lib/content/load-catalogue'

/* The content check over the exercises that come with the project; its outcome goes to the file that is named. */

const dir = path.resolve('exercises')
const [output = ''] = process.argv.slice(2)
const { catalogue } = await loadCatalogue(dir)
const { problems } = await runCheck({
  dir,
  only: '',
  hosts: ['plain', 'loopback', 'pipe'],
  workers: 1,
  independentDir: independentDirOf(dir),
  cacheDir: path.resolve('.handroll/cache/check'),
  useCache: !process.env.CI,
  onProgress: (step, done, total) => console.log(`${step}: ${done} of ${total}`),
})
const exercises = catalogue.topics.flatMap((topic) => {
  return topic.exercises.map((exercise) => `${exercise.topic}/${exercise.slug}`)
})
writeFileSync(output, JSON.stringify({ exercises, problems }))
process.exit(0)
