import { NgZone, inject } from '@angular/core';
import type { Provider } from '@angular/core';
import { ApolloLink, Observable } from '@apollo/client';
import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { Apollo } from 'apollo-angular';
import { createCache } from '../app/apollo/cache';
import { InboxApollo } from '../app/apollo/inbox-apollo';

/** What a request asked, by the name of its operation. */
export interface Asked {
  readonly name: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** A server made of functions: `answers` gives the data of each operation, or a promise of it, or throws. */
export class Answers {
  readonly asked: Asked[] = [];
  private readonly handlers = new Map<string, (variables: Asked['variables']) => unknown>();

  on(name: string, handler: (variables: Asked['variables']) => unknown): this {
    this.handlers.set(name, handler);
    return this;
  }

  askedOf(name: string): readonly Asked['variables'][] {
    return this.asked.filter((asked) => asked.name === name).map(({ variables }) => variables);
  }

  provide(): Provider {
    const options = { cache: createCache(), link: this.link() };
    return { provide: InboxApollo, useFactory: () => new Apollo(inject(NgZone), options) };
  }

  private link(): ApolloLink {
    return new ApolloLink(({ operationName, variables }) => {
      const name = operationName ?? '';
      this.asked.push({ name, variables });
      return new Observable<ApolloLink.Result>((observer) => {
        this.answer(name, variables).then(
          (data) => {
            observer.next({ data });
            observer.complete();
          },
          (error: unknown) => {
            observer.error(error);
          },
        );
      });
    });
  }

  private async answer(
    name: string,
    variables: Asked['variables'],
  ): Promise<Record<string, unknown>> {
    const handler = this.handlers.get(name);
    if (handler === undefined) throw new Error(`No answer for ${name}`);
    const data: unknown = await handler(variables);
    return typeof data === 'object' && data !== null ? { ...data } : {};
  }
}

/** What the server answers when it refuses a request as such. */
export function graphqlError(code: string, message = 'Refused.'): CombinedGraphQLErrors {
  return new CombinedGraphQLErrors({ errors: [{ message, extensions: { code } }] });
}
