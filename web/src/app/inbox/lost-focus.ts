/** Nothing has the focus, or what has it cannot be seen any more: the next key would begin at the top. */
export function isFocusLost({ activeElement, body }: Document): boolean {
  return activeElement === null || activeElement === body || !activeElement.checkVisibility();
}
