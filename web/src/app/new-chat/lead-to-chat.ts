import { inject } from '@angular/core';
import { Router } from '@angular/router';
import type { ActivatedRouteSnapshot, GuardResult } from '@angular/router';
import { LateApollo } from '../apollo/late-apollo';
import { Conversations } from '../conversation-list/conversations';
import { readPhoneInput } from './phone-input';
import { WantedChat } from './wanted-chat';

/** `/to/447700900123` leads to the chat with that number, or to "New chat" over whatever is open. */
export async function leadToChat({ params }: ActivatedRouteSnapshot): Promise<GuardResult> {
  const [router, wanted, list] = [inject(Router), inject(WantedChat), inject(Conversations)];
  const apollo = inject(LateApollo);
  const number: unknown = params['number'];
  const input = readPhoneInput(typeof number === 'string' ? number : '');
  if (input.kind === 'invalid') return router.parseUrl('/');
  const listed = list.rows()?.find(({ contact }) => contact.phoneNumber === input.digits);
  const id = listed?.id ?? (await askFor(apollo, input.digits));
  if (id !== null) return router.createUrlTree(['/chat', id]);
  wanted.with(input.digits);
  return router.navigated ? false : router.parseUrl('/');
}

async function askFor(apollo: LateApollo, phoneNumber: string): Promise<string | null> {
  try {
    const { conversation } = await apollo.query((of) => of.ConversationOfNumberDocument, {
      phoneNumber,
    });
    return conversation?.id ?? null;
  } catch {
    // No connection: what is written to a number that is known joins its chat.
    return null;
  }
}
