import { inject } from '@angular/core';
import { Router } from '@angular/router';
import type { ActivatedRouteSnapshot, GuardResult } from '@angular/router';
import { Apollo } from 'apollo-angular';
import { Conversations } from '../conversation-list/conversations';
import { ConversationOfNumberDocument } from '../graphql/graphql';
import { readPhoneInput } from './phone-input';
import { WantedChat } from './wanted-chat';

/** `/to/447700900123` leads to the chat with that number, or to "New chat" over whatever is open. */
export async function leadToChat({ params }: ActivatedRouteSnapshot): Promise<GuardResult> {
  const [router, wanted, list] = [inject(Router), inject(WantedChat), inject(Conversations)];
  const { client } = inject(Apollo);
  const number: unknown = params['number'];
  const input = readPhoneInput(typeof number === 'string' ? number : '');
  if (input.kind === 'invalid') return router.parseUrl('/');
  const listed = list.rows()?.find(({ contact }) => contact.phoneNumber === input.digits);
  const id = listed?.id ?? (await askFor(client, input.digits));
  if (id !== null) return router.createUrlTree(['/chat', id]);
  wanted.with(input.digits);
  return router.navigated ? false : router.parseUrl('/');
}

async function askFor(client: Apollo['client'], phoneNumber: string): Promise<string | null> {
  try {
    const { data } = await client.query({
      query: ConversationOfNumberDocument,
      variables: { phoneNumber },
      fetchPolicy: 'network-only',
    });
    return data?.conversation?.id ?? null;
  } catch {
    // No connection: what is written to a number that is known joins its chat.
    return null;
  }
}
