import { followSubmission } from '@/app/exercises/[exercise]/_state/submission-feed'

/* The page of the submission feed's tests: follows a submission and keeps the states it was told. */
Object.assign(window, {
  follow: (id: string) =>
    new Promise<string[]>((resolve) => {
      const states: string[] = []
      const take = (view: { state: string; place: number | null }): void => {
        states.push(view.place === null ? view.state : `${view.state} ${view.place}`)
        if (view.state === 'done') resolve(states)
      }
      followSubmission(id, take, new AbortController().signal)
    }),
})
