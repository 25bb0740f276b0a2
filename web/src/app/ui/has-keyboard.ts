/** To write there, one needs no keyboard that comes up over half the screen. */
export function hasKeyboard(): boolean {
  return window.matchMedia('(hover: hover) and (pointer: fine)').matches;
}
