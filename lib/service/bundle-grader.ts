import { bundleProgram } from '@/lib/programs/program'

/* Asked by run-grader.js for the file to run. */

process.stdout.write(await bundleProgram('grader'))
