import { JudgeThread } from './judge-thread'

/**
 * Judges, as many as verdicts are made at a time. Starting one costs more than most verdicts, so they are used again,
 * but never after a task on which anything was out of order.
 */
export class JudgePool {
  readonly #script: string
  readonly #idle: Promise<JudgeThread>[]
  #closed = false

  constructor(script: string, size: number) {
    this.#script = script
    this.#idle = Array.from({ length: size }, () => this.#start())
  }

  /** Resolves when the first judge is ready. */
  async ready(): Promise<void> {
    await Promise.any(this.#idle)
  }

  /**
   * Lends out a judge. There is one for each caller that the work queue lets through.
   * @param use answers whether the judge may be used again; when it throws, it may not
   */
  async with<T>(use: (judge: JudgeThread) => Promise<{ result: T; reusable: boolean }>): Promise<T> {
    const judge = await this.#take()
    let reusable = false
    try {
      const used = await use(judge)
      reusable = used.reusable
      return used.result
    } finally {
      if (reusable && !judge.dead && !this.#closed) this.#idle.push(Promise.resolve(judge))
      else {
        void judge.stop()
        if (!this.#closed) this.#idle.push(this.#start())
      }
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    const judges = await Promise.allSettled(this.#idle.splice(0))
    await Promise.all(judges.map((judge) => (judge.status === 'fulfilled' ? judge.value.stop() : undefined)))
  }

  async #take(): Promise<JudgeThread> {
    const next = this.#idle.shift()
    // A start that failed is tried once more.
    const judge = await (next ?? this.#start()).catch(() => this.#start())
    return judge.dead ? this.#start() : judge
  }

  #start(): Promise<JudgeThread> {
    const judge = JudgeThread.start(this.#script)
    // Whoever takes it will hear of a failure.
    judge.catch(() => {})
    return judge
  }
}
