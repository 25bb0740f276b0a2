import { TestBed } from '@angular/core/testing';
import { Answers } from '../../../testing/answers';
import { standInForDialogs } from '../../../testing/dialogs';
import { eventually } from '../../../testing/settled';
import { DoubtQuestion } from './doubt-question';

describe('DoubtQuestion', () => {
  beforeAll(standInForDialogs);

  async function ask() {
    const answers = new Answers().on('RetryMessage', () => ({
      retryMessage: { __typename: 'NotFoundError', message: 'Gone.' },
    }));
    TestBed.configureTestingModule({ providers: [answers.provide()] });
    const fixture = TestBed.createComponent(DoubtQuestion);
    fixture.componentRef.setInput('messageId', 'msg_1');
    fixture.componentRef.setInput('text', 'See you at five');
    let isClosed = false;
    fixture.componentInstance.closed.subscribe(() => {
      isClosed = true;
    });
    await fixture.whenStable();
    const root: unknown = fixture.nativeElement;
    if (!(root instanceof HTMLElement)) throw new Error('Not drawn.');
    const click = (name: string): void => {
      const buttons = [...root.querySelectorAll('button')];
      buttons.find(({ textContent }) => textContent.trim() === name)?.click();
    };
    return { answers, root, click, isClosed: () => isClosed };
  }

  it('shows the message in doubt, and sends it again only when told to', async () => {
    const { answers, root, click, isClosed } = await ask();
    expect(root.textContent).toContain('See you at five');
    click('Send again');
    await eventually(() => {
      expect(answers.askedOf('RetryMessage')).toEqual([{ id: 'msg_1' }]);
    });
    expect(isClosed()).toBe(true);
  });

  it('begins with waiting, which sends nothing', async () => {
    const { answers, root, click, isClosed } = await ask();
    expect(root.ownerDocument.activeElement?.textContent).toContain('Wait');
    click('Wait');
    expect(isClosed()).toBe(true);
    expect(answers.asked).toEqual([]);
  });
});
