import { menuPlace } from './menu-place';

const menu = { width: 200, height: 150 };
const view = { width: 1000, height: 800 };
const button = (left: number, top: number) => ({ left, top, width: 28, height: 28 });

describe('menuPlace', () => {
  it('opens below its button, towards the middle', () => {
    expect(menuPlace({ button: button(100, 100), menu, view })).toEqual({ left: 100, top: 132 });
    expect(menuPlace({ button: button(900, 100), menu, view })).toEqual({ left: 728, top: 132 });
  });

  it('opens above where there is no room below', () => {
    expect(menuPlace({ button: button(100, 700), menu, view }).top).toBe(700 - 4 - 150);
  });

  it('stays in view, however small that is', () => {
    const narrow = { width: 220, height: 160 };
    expect(menuPlace({ button: button(150, 60), menu, view: narrow })).toEqual({ left: 8, top: 8 });
    expect(menuPlace({ button: button(-50, 100), menu, view }).left).toBe(8);
  });
});
