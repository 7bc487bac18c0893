/** One thing that was done: what a form was sent with, or what a field says now. React may set a field back. */
export interface EarlyAct {
  submitter?: HTMLElement | null
  value?: string
  checked?: boolean
}

/** What somebody did on a page before its script had taken the page over. */
export interface EarlyActs {
  /** Buttons pressed, forms sent and fields changed, each once, in this order. */
  acts: Map<Element, EarlyAct>
  /** Lets everything through from now on. */
  release: () => void
}

declare global {
  interface Window {
    earlyActs?: EarlyActs
  }
}

/**
 * Holds what is done on the page until `release`. It runs as text in the page, before every other script, so it may use
 * nothing from outside itself. Links and forms that a browser can send by itself (GET) are left alone: they work without
 * a script.
 */
export function holdEarlyActs(): void {
  const acts: EarlyActs['acts'] = new Map()
  const kinds = ['pointerdown', 'click', 'input', 'change', 'submit']

  function hold(event: Event) {
    const target = event.target instanceof Element ? event.target : null
    const act = event.type === 'submit' || event.type === 'input' || event.type === 'change' ? target : pressed(target)
    if (!act || (act instanceof HTMLFormElement && act.method === 'get')) return
    event.stopImmediatePropagation()
    if (event.type === 'pointerdown') return
    if (event.type === 'click' || event.type === 'submit') {
      event.preventDefault()
      document.documentElement.dataset.waiting = ''
    }
    acts.delete(act)
    const { submitter } = event as SubmitEvent
    const { value, checked } = act as HTMLInputElement
    acts.set(act, { submitter, value, checked })
  }

  /** The button, unless it is one that sends a form: that is held as a form. */
  function pressed(target: Element | null): Element | null {
    const button = target?.closest('button') ?? null
    return button?.type === 'button' ? button : null
  }

  function release() {
    for (const kind of kinds) removeEventListener(kind, hold, true)
    delete document.documentElement.dataset.waiting
  }

  for (const kind of kinds) addEventListener(kind, hold, true)
  window.earlyActs = { acts, release }
}
