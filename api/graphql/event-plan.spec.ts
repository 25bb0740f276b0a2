import { parse } from 'graphql';
import { eventPlanOf } from './event-plan.ts';

const document = parse(`
  subscription Events($after: String, $chat: ID, $last: Int = 1, $isFull: Boolean!) {
    messageEvents(after: $after, conversationId: $chat) { ...Shown }
  }
  subscription Other { messageEvents { cursor } }
  fragment Shown on MessageEvent { cursor conversation @include(if: $isFull) { messages(last: $last) { nodes { id } } } }
`);
const plan = (variableValues?: Readonly<Record<string, unknown>>, operationName = 'Events') =>
  eventPlanOf({ document, operationName, variableValues });

describe('the plan of a subscription', () => {
  it('is the same for clients that differ in what they follow and where they begin', () => {
    const first = plan({ after: 'a', chat: 'x', last: 2, isFull: true });
    expect(plan({ after: 'b', chat: 'y', last: 2, isFull: true })).toBe(first);
    expect(plan({ last: 2, isFull: true })).toBe(first);
  });

  it('differs with a variable that the answer depends on', () => {
    const first = plan({ last: 2, isFull: true });
    expect(plan({ last: 3, isFull: true })).not.toBe(first);
    expect(plan({ last: 2, isFull: false })).not.toBe(first);
    expect(plan({ isFull: true })).not.toBe(first);
  });

  it('does not take the same value of another variable for it', () => {
    const twice = parse(
      'subscription($a: Int, $b: Int) { messageEvents { conversation { x: messages(last: $a) { nodes { id } } y: messages(last: $b) { nodes { id } } } } }',
    );
    const of = (variableValues: Readonly<Record<string, unknown>>) =>
      eventPlanOf({ document: twice, variableValues });
    expect(of({ a: 1, b: 2 })).not.toBe(of({ a: 2, b: 1 }));
    expect(of({ a: 1 })).not.toBe(of({ b: 1 }));
  });

  it('differs with the operation and with the document', () => {
    expect(plan({ isFull: true }, 'Other')).not.toBe(plan({ isFull: true }));
    const other = parse('subscription Events { messageEvents { type } }');
    expect(eventPlanOf({ document: other, operationName: 'Events' })).not.toBe(plan());
  });
});
