import { TestBed } from '@angular/core/testing';
import type { ComponentFixture } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { Answers } from '../../../testing/answers';
import { aMessage, messageId } from '../../../testing/people';
import { eventually } from '../../../testing/settled';
import { Retries } from '../../sending/retries';
import { OpenMenu } from '../../message-menu/open-menu';
import { Bubble } from './bubble';
import { bubbleOfMessage, bubbleOfOutgoing } from './bubble-of';
import type { BubbleView } from './bubble-of';

describe('Bubble', () => {
  let answers: Answers;
  let fixture: ComponentFixture<Bubble>;

  async function show(view: BubbleView): Promise<HTMLElement> {
    fixture = TestBed.createComponent(Bubble);
    fixture.componentRef.setInput('view', view);
    fixture.componentRef.setInput('customer', 'Amara Okafor');
    await fixture.whenStable();
    const root: unknown = fixture.nativeElement;
    if (!(root instanceof HTMLElement)) throw new Error('Not drawn.');
    return root;
  }
  const button = (root: HTMLElement, name: string): HTMLButtonElement => {
    const found = [...root.querySelectorAll('button')].find((one) =>
      one.textContent.includes(name),
    );
    if (found === undefined) throw new Error(`No button ${name}.`);
    return found;
  };

  beforeEach(() => {
    answers = new Answers();
    TestBed.configureTestingModule({ providers: [answers.provide(), provideRouter([])] });
  });

  it('shows what a customer writes as text, never as markup', async () => {
    const root = await show(bubbleOfMessage(aMessage(1, { text: '<img src=x onerror=alert(1)>' })));
    expect(root.querySelector('img')).toBeNull();
    expect(root.querySelector('.text')?.textContent).toBe('<img src=x onerror=alert(1)>');
    expect(root.querySelector('.text')?.getAttribute('dir')).toBe('auto');
  });

  it('draws links that tell the other side nothing, and emphasis without its markers', async () => {
    const text = 'Is *this* it? www.example.com/a';
    const root = await show(bubbleOfMessage(aMessage(1, { text })));
    const link = root.querySelector('a');
    expect(link?.href).toBe('https://www.example.com/a');
    expect(link?.textContent).toBe('www.example.com/a');
    expect(link?.rel).toBe('noopener noreferrer');
    expect(link?.target).toBe('_blank');
    expect(root.querySelector('.bold')?.textContent).toBe('this');
    expect(root.querySelector('.text')?.textContent).toBe('Is this it? www.example.com/a');
  });

  it('shows beside a link to which host it leads, where that is written in other letters', async () => {
    // The first letter of the address is a Cyrillic one.
    const text = 'Sign in at https://аpple.example/';
    const root = await show(bubbleOfMessage(aMessage(1, { text })));
    expect(root.querySelector('a')?.title).toBe('xn--pple-43d.example');
    expect(root.querySelector('.text')?.textContent).toBe(`${text} (xn--pple-43d.example)`);
  });

  it('leads from the numbers and addresses of a contact card to their chats and mailboxes', async () => {
    const card = { name: '*Kiri*', organization: null, emails: ['kiri@example.com'] };
    const cards = [{ ...card, phones: ['+61 491 570 156'] }];
    const content = { __typename: 'ContactsContent' as const, cards };
    const root = await show(bubbleOfMessage(aMessage(1, { type: 'CONTACTS', content })));
    expect([...root.querySelectorAll('a')].map((link) => link.getAttribute('href'))).toEqual([
      '/to/61491570156',
      'mailto:kiri@example.com',
    ]);
    expect(root.querySelector('.detail')?.textContent).toBe(
      '*Kiri* · +61 491 570 156 · kiri@example.com',
    );
  });

  it('takes the name of a file for no address', async () => {
    const media = { caption: 'The plan', fileName: 'www.example.com.pdf', voice: false };
    const nothing = { mimeType: null, size: null, durationSeconds: null };
    const content = { __typename: 'MediaContent' as const, ...media, ...nothing };
    const root = await show(bubbleOfMessage(aMessage(1, { type: 'DOCUMENT', content })));
    expect(root.querySelector('.detail')?.textContent).toBe('www.example.com.pdf');
    expect(root.querySelector('a')).toBeNull();
  });

  it('asks for the message that it quotes', async () => {
    const root = await show(bubbleOfMessage(aMessage(2, { replyTo: aMessage(1) })));
    const wanted: unknown[] = [];
    fixture.componentInstance.openQuote.subscribe((place) => wanted.push(place));
    button(root, 'message 1').click();
    expect(wanted).toEqual([{ messageId: messageId(1), cursor: 'at 1' }]);
  });

  it('has no link inside of a quote', async () => {
    const replyTo = {
      ...aMessage(1, { text: '*See* www.example.com' }),
      direction: 'INBOUND',
    } as const;
    const root = await show(bubbleOfMessage(aMessage(2, { replyTo })));
    expect(root.querySelector('blockquote')?.textContent).toContain('See www.example.com');
    expect(root.querySelector('a')).toBeNull();
  });

  it.each([
    ['👍', ['emoji-1', 'text']],
    ['👍👍👍', ['emoji-3', 'text']],
    ['ok 👍', ['text']],
  ])('draws %s as %j', async (text, names) => {
    const root = await show(bubbleOfMessage(aMessage(1, { text })));
    expect([...(root.querySelector('.text')?.classList ?? [])].sort()).toEqual(names);
  });

  it('tells a screen reader who wrote it and how far it came', async () => {
    const root = await show(
      bubbleOfMessage(aMessage(1, { direction: 'OUTBOUND', status: 'DELIVERED' })),
    );
    expect(root.textContent).toContain('You:');
    expect(root.querySelector('[role=img]')?.getAttribute('aria-label')).toBe('Delivered');
  });

  it('asks to send a failed one again, and shows why that was refused', async () => {
    answers.on('RetryMessage', () => ({
      retryMessage: { __typename: 'ServiceWindowClosedError', message: 'Wait for them.' },
    }));
    const failed = aMessage(1, { direction: 'OUTBOUND', status: 'FAILED' });
    const root = await show(bubbleOfMessage(failed));
    button(root, 'Retry').click();
    await eventually(() => {
      expect(root.querySelector('[role=alert]')?.textContent).toContain('Wait for them.');
    });
    expect(answers.askedOf('RetryMessage')).toEqual([{ id: failed.id }]);
  });

  it('has it asked first whether to send one again that may have arrived', async () => {
    const unknown = aMessage(1, { direction: 'OUTBOUND', status: 'UNKNOWN' });
    const root = await show(bubbleOfMessage(unknown));
    button(root, 'Retry').click();
    expect(TestBed.inject(Retries).doubted()).toBe(unknown.id);
    expect(answers.asked).toEqual([]);
  });

  it('opens the menu of its message, and closes it', async () => {
    const message = aMessage(1);
    const root = await show(bubbleOfMessage(message));
    const more = root.querySelector<HTMLElement>('button.more');
    const menu = TestBed.inject(OpenMenu);
    more?.click();
    await fixture.whenStable();
    expect(menu.opened()).toEqual({ messageId: message.id, button: more });
    expect(more?.getAttribute('aria-expanded')).toBe('true');
    more?.click();
    expect(menu.opened()).toBeNull();
  });

  it('offers no Retry where the same message would be refused again', async () => {
    const error = {
      code: 131021,
      title: 'To itself',
      advice: 'Write to another.',
      retryable: false,
    };
    const failed = aMessage(1, { direction: 'OUTBOUND', status: 'FAILED', error });
    const root = await show(bubbleOfMessage(failed));
    expect(root.querySelector('.problem')?.textContent).toContain('Write to another.');
    expect(root.querySelector('.problem button')).toBeNull();
  });

  it('offers what can be done about one that never left the browser', async () => {
    const root = await show(
      bubbleOfOutgoing({
        clientMessageId: 'mine',
        conversationId: 'cnv_1',
        text: 'hello',
        replyTo: null,
        expectedLastMessageId: null,
        createdAtMs: 0,
        refusal: { title: 'Closed', advice: 'Wait.' },
      }),
    );
    const acts: string[] = [];
    fixture.componentInstance.act.subscribe((act) => acts.push(act));
    for (const name of ['Retry', 'Edit', 'Discard']) button(root, name).click();
    expect(acts).toEqual(['retry', 'edit', 'discard']);
    // The server does not know it: there is nothing to answer.
    expect(root.querySelector('button.more')).toBeNull();
    expect(answers.asked).toEqual([]);
  });
});
