/** This close to the end counts as being there, in pixels: half a line of text. */
const endSlackPx = 24;

/**
 * Keeps what is being read in its place while lines are added above and below it: the end stays in
 * view when it was, otherwise the first visible line stays where it is. Rows are the children of
 * `list` and carry `data-key`; one that may move past others, as the line of a day does when older
 * messages of that day come, has none.
 */
export class ScrollAnchor {
  private readonly scroller: HTMLElement;
  private readonly list: HTMLElement;
  private anchor: { readonly key: string; readonly offsetPx: number } | null = null;
  private wasAtEnd = true;

  constructor(scroller: HTMLElement, list: HTMLElement) {
    this.scroller = scroller;
    this.list = list;
  }

  /** Before the rows change. */
  capture(): void {
    this.wasAtEnd = this.isAtEnd();
    const topPx = this.topPx();
    const row = this.rows().find(
      (element) =>
        element.dataset['key'] !== undefined && element.getBoundingClientRect().bottom > topPx,
    );
    const key = row?.dataset['key'];
    this.anchor =
      row === undefined || key === undefined
        ? null
        : { key, offsetPx: row.getBoundingClientRect().top - topPx };
  }

  /** After the rows have changed. */
  restore(): void {
    if (this.wasAtEnd) {
      this.goToEnd();
      return;
    }
    if (this.anchor === null) return;
    const { key, offsetPx } = this.anchor;
    const row = this.rowOf(key);
    if (row === undefined) return;
    const movedPx = row.getBoundingClientRect().top - this.topPx() - offsetPx;
    if (movedPx !== 0) this.scroller.scrollTop += movedPx;
  }

  isAtEnd(): boolean {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    return scrollHeight - scrollTop - clientHeight <= endSlackPx;
  }

  goToEnd(): void {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.wasAtEnd = true;
  }

  /** Puts a row at this share of the height: 0 is the top, 0.5 the middle. False when it is not there. */
  goTo(key: string, share: number): boolean {
    const row = this.rowOf(key);
    if (row === undefined) return false;
    const offsetPx = (this.scroller.clientHeight - row.clientHeight) * share;
    this.scroller.scrollTop += row.getBoundingClientRect().top - this.topPx() - offsetPx;
    this.capture();
    return true;
  }

  /** After the view got another height: the keyboard of a phone, a composer of more lines. */
  resized(): void {
    if (this.wasAtEnd) this.goToEnd();
  }

  /** Remembers whether the reader is at the end, on scrolling. */
  scrolled(): void {
    this.wasAtEnd = this.isAtEnd();
  }

  private topPx(): number {
    return this.scroller.getBoundingClientRect().top;
  }

  private rowOf(key: string): HTMLElement | undefined {
    return this.rows().find((element) => element.dataset['key'] === key);
  }

  private rows(): HTMLElement[] {
    return Array.from(this.list.children).filter((child) => child instanceof HTMLElement);
  }
}
