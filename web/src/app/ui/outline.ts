/** What index.html drew in place of the app goes when the app draws itself over it. */
export function removeOutline(page: Document): void {
  page.querySelector('.outline')?.remove();
}
