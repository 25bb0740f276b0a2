import type { DeliveryElement } from '../../../webhook/delivery-element.ts';
import {
  amara,
  echo,
  inbound,
  person,
  status,
  tom,
} from '../../../../test/contract/store/deliveries.ts';
import { nextTogether } from './next-together.ts';

/** How many elements go together each time. */
function sizes(...elements: readonly DeliveryElement[]): number[] {
  const steps: number[] = [];
  for (let done = 0; done < elements.length; done += steps.at(-1) ?? elements.length)
    steps.push(nextTogether(elements, done).length);
  return steps;
}

const number = '15555550142';
const both = person({ phoneNumber: number, userId: 'US.1' });
const otherOwner = person({ phoneNumber: number, userId: 'US.2' });
const aside: DeliveryElement = { kind: 'aside', path: 'entry[0]', detail: 'Not for us' };

describe('nextTogether', () => {
  it('takes messages and statuses of many together, and what concerns no chat', () => {
    const mixed = Array.from({ length: 30 }, (_, n) => [
      inbound(`in${String(n)}`, { from: n % 2 === 0 ? amara : tom }),
      status(`out${String(n)}`, 'DELIVERED'),
      aside,
    ]);
    expect(sizes(...mixed.flat())).toEqual([90]);
  });

  it('lets others in after 200', () => {
    const many = Array.from({ length: 450 }, (_, n) => inbound(`in${String(n)}`));
    expect(sizes(...many)).toEqual([200, 200, 50]);
  });

  it('keeps the order of a message and its status', () => {
    expect(sizes(status('a', 'SENT'), echo('a'), status('a', 'READ'))).toEqual([1, 1, 1]);
    expect(sizes(inbound('a'), status('a', 'SENT'))).toEqual([1, 1]);
    expect(sizes(status('a', 'SENT'), status('a', 'READ'))).toEqual([2]);
  });

  it('keeps the order of those who do not agree who somebody is', () => {
    const told = status('out', 'SENT', { recipient: both });
    expect(sizes(inbound('in', { from: both }), told)).toEqual([2]);
    expect(sizes(inbound('in', { from: otherOwner }), told)).toEqual([1, 1]);
    expect(sizes(told, inbound('in', { from: person({ phoneNumber: number }) }))).toEqual([1, 1]);
    const another = status('next', 'SENT', { recipient: otherOwner });
    expect(sizes(told, another, inbound('in', { from: otherOwner }))).toEqual([2, 1]);
  });

  it('keeps the order of a change of number and what else is told of the person', () => {
    const change = inbound('change', { from: tom, changedTo: both });
    const told = status('out', 'SENT', { recipient: both });
    expect(sizes(change, told)).toEqual([1, 1]);
    expect(sizes(told, told, change)).toEqual([2, 1]);
    expect(sizes(change, status('out', 'SENT'), inbound('in'))).toEqual([3]);
  });
});
