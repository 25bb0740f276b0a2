import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { LiveUpdates } from '../connection/live-updates';
import type { LiveState } from '../connection/live-updates';
import { Now } from '../ui/now';
import { SendQueue } from './send-queue';
import type { Outgoing } from './send-queue';
import { Unsent } from './unsent';

const writtenAtMs = 1_000_000;

function outgoing(clientMessageId: string, more: Partial<Outgoing> = {}): Outgoing {
  return {
    clientMessageId,
    conversationId: 'cnv_1',
    text: `Text ${clientMessageId}`,
    replyTo: null,
    expectedLastMessageId: null,
    createdAtMs: writtenAtMs,
    refusal: null,
    ...more,
  };
}

describe('Unsent', () => {
  const items = signal<readonly Outgoing[]>([]);
  const state = signal<LiveState>('live');
  const nowMs = signal(writtenAtMs);
  const shown = () =>
    Array.from(TestBed.inject(Unsent).newest(), ([chat, item]) => [chat, item.clientMessageId]);

  beforeEach(() => {
    items.set([]);
    state.set('live');
    nowMs.set(writtenAtMs);
    TestBed.configureTestingModule({
      providers: [
        { provide: SendQueue, useValue: { items } },
        { provide: LiveUpdates, useValue: { state } },
        { provide: Now, useValue: { value: nowMs } },
      ],
    });
  });

  it('is the newest of each chat while there is no connection', () => {
    state.set('offline');
    items.set([outgoing('a'), outgoing('b', { conversationId: 'cnv_2' }), outgoing('c')]);
    expect(shown()).toEqual([
      ['cnv_1', 'c'],
      ['cnv_2', 'b'],
    ]);
  });

  it('leaves out what is on its way', () => {
    items.set([outgoing('a')]);
    expect(shown()).toEqual([]);
  });

  it('tells what the server has not taken for a while, although there is a connection', () => {
    items.set([outgoing('a')]);
    nowMs.set(writtenAtMs + 20_000);
    expect(shown()).toEqual([['cnv_1', 'a']]);
  });

  it('tells what was refused, with or without a connection', () => {
    items.set([outgoing('a', { refusal: { title: 'Closed', advice: 'Wait.' } })]);
    expect(shown()).toEqual([['cnv_1', 'a']]);
  });
});
