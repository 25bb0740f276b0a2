import { Injectable, NgZone, inject } from '@angular/core';
import { ApolloLink, HttpLink } from '@apollo/client';
import { ErrorLink } from '@apollo/client/link/error';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { Apollo } from 'apollo-angular';
import { OperationTypeNode } from 'graphql';
import { LiveSocket } from '../connection/live-socket';
import { Session } from '../sign-in/session';
import { createCache } from './cache';
import { failureOf } from './failure';
import { fetchInTime } from './fetch-in-time';

/** The operations, which are as heavy as what sends them. */
export * as documents from '../graphql/graphql';

/**
 * Queries and mutations by HTTP, subscriptions by the live socket. Parts that are loaded later use it as it is; those of the
 * first page ask through `LateApollo`, and never import this file.
 */
@Injectable({ providedIn: 'root' })
export class InboxApollo extends Apollo {
  constructor() {
    const session = inject(Session);
    const signedOut = new ErrorLink(({ error }) => {
      const failure = failureOf(error);
      if (failure === 'signed-out') session.expire();
      if (failure === 'forbidden') void session.check();
    });
    super(inject(NgZone), {
      link: ApolloLink.split(
        ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
        new GraphQLWsLink(inject(LiveSocket).client),
        ApolloLink.from([signedOut, new HttpLink({ uri: '/graphql', fetch: fetchInTime })]),
      ),
      cache: createCache(),
    });
  }
}
