import { TestBed } from '@angular/core/testing';
import { Router, provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { EMPTY } from 'rxjs';
import { Answers } from '../../testing/answers';
import { LiveUpdates } from '../connection/live-updates';
import { leadToChat } from './lead-to-chat';
import { WantedChat } from './wanted-chat';

describe('the address of a number', () => {
  let answers: Answers;

  beforeEach(() => {
    answers = new Answers();
    const none = { events: EMPTY, resyncs: EMPTY, connections: EMPTY };
    TestBed.configureTestingModule({
      providers: [
        answers.provide(),
        { provide: LiveUpdates, useValue: none },
        provideRouter([
          { path: 'to/:number', canActivate: [leadToChat], children: [] },
          { path: 'chat/:id', children: [] },
          { path: '', pathMatch: 'full', children: [] },
        ]),
      ],
    });
  });
  const url = (): string => TestBed.inject(Router).url;
  const wanted = (): string | null => TestBed.inject(WantedChat).number();

  it('leads to the chat with it', async () => {
    answers.on('ConversationOfNumber', () => ({
      conversation: { __typename: 'Conversation', id: 'cnv_7' },
    }));
    await RouterTestingHarness.create('/to/+44 7700 900123');
    expect(url()).toBe('/chat/cnv_7');
    expect(answers.askedOf('ConversationOfNumber')).toEqual([{ phoneNumber: '447700900123' }]);
    expect(wanted()).toBeNull();
  });

  it('asks for a new chat where there is none, over what is open', async () => {
    answers.on('ConversationOfNumber', () => ({ conversation: null }));
    const harness = await RouterTestingHarness.create('/chat/cnv_1');
    await harness.navigateByUrl('/to/447700900123').catch(() => undefined);
    expect(url()).toBe('/chat/cnv_1');
    expect(wanted()).toBe('447700900123');
  });

  it('asks for a new chat over the list where the page begins with it, or there is no connection', async () => {
    answers.on('ConversationOfNumber', () => {
      throw new Error('No connection.');
    });
    await RouterTestingHarness.create('/to/447700900123');
    expect(url()).toBe('/');
    expect(wanted()).toBe('447700900123');
  });

  it('leads to the list where that is no number', async () => {
    await RouterTestingHarness.create('/to/somebody');
    expect([url(), wanted()]).toEqual(['/', null]);
    expect(answers.asked).toEqual([]);
  });
});
