export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface MenuPlace {
  readonly left: number;
  readonly top: number;
}

export interface MenuPlaceInput {
  readonly button: Box;
  readonly menu: Pick<Box, 'width' | 'height'>;
  readonly view: Pick<Box, 'width' | 'height'>;
}

const gapPx = 4;
const edgePx = 8;

/** Below the button, or above it where there is no room; towards the middle of the view; never out of it. */
export function menuPlace({ button, menu, view }: MenuPlaceInput): MenuPlace {
  const below = button.top + button.height + gapPx;
  const above = button.top - gapPx - menu.height;
  const fitsBelow = below + menu.height <= view.height - edgePx;
  const isInLeftHalf = button.left + button.width / 2 < view.width / 2;
  const left = isInLeftHalf ? button.left : button.left + button.width - menu.width;
  return {
    left: clamped(left, view.width - menu.width),
    top: clamped(fitsBelow ? below : above, view.height - menu.height),
  };
}

function clamped(px: number, mostPx: number): number {
  return Math.max(edgePx, Math.min(px, mostPx - edgePx));
}
