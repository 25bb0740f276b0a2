import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { aConversation } from '../../testing/people';
import type { ConversationPartsFragment } from '../graphql/graphql';
import { ConversationRow } from './conversation-row';

async function show(
  conversation: ConversationPartsFragment,
  inputs: Record<string, unknown> = {},
): Promise<HTMLAnchorElement> {
  TestBed.configureTestingModule({ providers: [provideRouter([])] });
  const fixture = TestBed.createComponent(ConversationRow);
  for (const [name, value] of Object.entries({ conversation, ...inputs }))
    fixture.componentRef.setInput(name, value);
  await fixture.whenStable();
  const root: unknown = fixture.nativeElement;
  const link = root instanceof HTMLElement ? root.querySelector('a') : null;
  if (link === null) throw new Error('Not drawn.');
  return link;
}

describe('ConversationRow', () => {
  it('links to its chat and names the customer', async () => {
    const link = await show(aConversation('cnv_7'));
    expect(link.getAttribute('href')).toBe('/chat/cnv_7');
    expect(link.querySelector('.name')?.textContent).toBe('Amara Okafor');
    expect(link.getAttribute('aria-current')).toBeNull();
  });

  it('shows why it was found: the words of the name, or the number', async () => {
    const link = await show(aConversation('cnv_7'), { search: 'oka', draft: 'half' });
    expect(link.querySelector('mark')?.textContent).toBe('Okafor');
    expect(link.querySelector('.text')?.textContent).toContain('half');
    TestBed.resetTestingModule();
    const byNumber = await show(aConversation('cnv_7'), { search: '(555) 0142', draft: 'half' });
    expect(byNumber.querySelector('.text')?.textContent).toContain('+15555550142');
  });

  it('counts what is unread, in few digits', async () => {
    const link = await show(aConversation('cnv_7', { unreadCount: 1200 }));
    expect(link.querySelector('.badge')?.textContent).toContain('999+');
  });

  it('has no badge when all is read', async () => {
    const link = await show(aConversation('cnv_7'));
    expect(link.querySelector('.badge')).toBeNull();
  });

  it('shows what is written and not sent in place of the last message', async () => {
    const link = await show(aConversation('cnv_7'), { draft: 'half a sen', isOpen: true });
    expect(link.querySelector('.text')?.textContent).toBe('Draft: half a sen');
    expect(link.getAttribute('aria-current')).toBe('page');
  });
});
