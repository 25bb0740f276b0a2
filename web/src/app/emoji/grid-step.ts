export interface GridPlace {
  readonly at: number;
  readonly count: number;
  readonly columns: number;
  readonly isRightToLeft: boolean;
}

/** Where a key leads in rows of equal length; null for a key that leads nowhere. */
export function gridStep(key: string, place: GridPlace): number | null {
  const { at, count, columns, isRightToLeft } = place;
  const to = (index: number): number => (index >= 0 && index < count ? index : at);
  switch (key) {
    case 'ArrowLeft':
      return to(isRightToLeft ? at + 1 : at - 1);
    case 'ArrowRight':
      return to(isRightToLeft ? at - 1 : at + 1);
    case 'ArrowUp':
      return to(at - columns);
    case 'ArrowDown':
      // The last row may be shorter.
      return Math.floor(at / columns) < Math.floor((count - 1) / columns)
        ? Math.min(at + columns, count - 1)
        : at;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
