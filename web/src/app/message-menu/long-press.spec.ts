import { LongPress } from './long-press';

const place = { clientX: 100, clientY: 100 };

describe('LongPress', () => {
  let told: string[];
  let press: LongPress<string>;

  beforeEach(() => {
    jest.useFakeTimers();
    told = [];
    press = new LongPress((target) => told.push(target));
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('tells of a finger that rests, once, although it trembles', () => {
    press.begin('bubble', place);
    press.move({ clientX: 104, clientY: 97 });
    jest.advanceTimersByTime(499);
    expect(told).toEqual([]);
    jest.advanceTimersByTime(5000);
    expect(told).toEqual(['bubble']);
  });

  it('tells nothing of a tap', () => {
    press.begin('bubble', place);
    jest.advanceTimersByTime(200);
    press.end();
    jest.advanceTimersByTime(5000);
    expect(told).toEqual([]);
  });

  it('tells nothing of a finger that scrolls', () => {
    press.begin('bubble', place);
    press.move({ clientX: 100, clientY: 120 });
    press.move(place);
    jest.advanceTimersByTime(5000);
    expect(told).toEqual([]);
  });
});
