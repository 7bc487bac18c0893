/** Moves the keyboard to the first field of a form that is marked as wrong, once the marks are on the page. */
export function focusFirstMistake(form: HTMLFormElement | null): void {
  requestAnimationFrame(() => form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
}
