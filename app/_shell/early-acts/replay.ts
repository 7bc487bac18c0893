import type { EarlyAct, EarlyActs } from './hold'

/** Does again what was held, in order, now that somebody listens. */
export async function replayEarlyActs({ acts, release }: EarlyActs): Promise<void> {
  release()
  const held = [...acts]
  acts.clear()
  for (const [element, act] of held) {
    // What the last one changed has to be on the page first: a form is sent with what is known of its fields.
    await new Promise((resolve) => setTimeout(resolve))
    if (element.isConnected) replay(element, act)
  }
}

function replay(element: Element, { submitter, value = '', checked = false }: EarlyAct): void {
  if (element instanceof HTMLFormElement) element.requestSubmit(isSubmitterOf(element, submitter) ? submitter : null)
  else if (element instanceof HTMLButtonElement) press(element)
  else if (element instanceof HTMLTextAreaElement) retype(element, HTMLTextAreaElement, value)
  else if (element instanceof HTMLInputElement && isTicked(element)) tick(element, checked)
  else if (element instanceof HTMLInputElement && element.type !== 'file') retype(element, HTMLInputElement, value)
  else {
    if (element instanceof HTMLSelectElement) element.value = value
    element.dispatchEvent(new Event('change', { bubbles: true }))
  }
}

function isSubmitterOf(form: HTMLFormElement, submitter: HTMLElement | null | undefined): boolean {
  return submitter instanceof HTMLButtonElement && submitter.form === form
}

/** Menus open when the pointer goes down, everything else acts on the click. */
function press(button: HTMLButtonElement): void {
  button.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, cancelable: true, button: 0 }))
  button.click()
}

const isTicked = ({ type }: HTMLInputElement) => type === 'checkbox' || type === 'radio'

function tick(box: HTMLInputElement, checked: boolean): void {
  box.checked = !checked
  box.click()
}

/**
 * Tells React of a text that was there before it looked. React compares with the last value that was set by way of the
 * element's own property, and says nothing when that is the same: so the first value is set that way, and the new one
 * past it.
 */
function retype<Field extends HTMLInputElement | HTMLTextAreaElement>(
  field: Field, kind: { prototype: Field }, value: string,
): void {
  const { selectionStart, selectionEnd } = field
  field.value = field.defaultValue
  Object.getOwnPropertyDescriptor(kind.prototype, 'value')?.set?.call(field, value)
  // Null for fields such as that of an e-mail address, which tell nothing of their caret.
  if (selectionStart !== null) field.setSelectionRange(selectionStart, selectionEnd)
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
