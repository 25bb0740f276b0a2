/**
 * Whether the key belongs to the input method that composes a character. Safari ends the composition before it tells of the
 * key that ended it, and marks that key by its code alone: https://www.w3.org/TR/uievents/#determine-keydown-keyup-keyCode
 */
export function isComposing(event: KeyboardEvent): boolean {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else tells it in Safari
  return event.isComposing || event.keyCode === 229;
}
