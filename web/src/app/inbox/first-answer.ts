import { Injectable, inject } from '@angular/core';
import { earlyAnswer } from '../apollo/early-answers';
import { LateApollo } from '../apollo/late-apollo';
import type { InboxStartQuery } from '../graphql/graphql';

/** What the inbox shows first, asked once for all its parts: index.html asks it before they are there. */
@Injectable({ providedIn: 'root' })
export class FirstAnswer {
  private readonly apollo = inject(LateApollo);
  private answer: Promise<InboxStartQuery | null> | null = null;

  /** Null where no answer came: each part then asks for its own. */
  ask(): Promise<InboxStartQuery | null> {
    this.answer = this.load();
    return this.answer;
  }

  /** For the list, once: what it asks for later is newer. */
  async takeChats(): Promise<InboxStartQuery['conversations'] | null> {
    const { answer } = this;
    this.answer = null;
    return (await answer)?.conversations ?? null;
  }

  private async load(): Promise<InboxStartQuery | null> {
    try {
      const early: unknown = await (await earlyAnswer('inbox'))?.json();
      if (isAnswer(early)) return early.data;
      return await this.apollo.query((of) => of.InboxStartDocument, {});
    } catch {
      // The list tells when it cannot be loaded either.
      return null;
    }
  }
}

/** An answer to our own question, unless it tells of an error. */
function isAnswer(body: unknown): body is { readonly data: InboxStartQuery } {
  return (
    typeof body === 'object' &&
    body !== null &&
    'data' in body &&
    !('errors' in body) &&
    typeof body.data === 'object' &&
    body.data !== null
  );
}
