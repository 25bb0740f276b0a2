import type { Provider } from '@angular/core';
import { inject } from '@angular/core';
import { ApolloLink, HttpLink } from '@apollo/client';
import { ErrorLink } from '@apollo/client/link/error';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { provideApollo } from 'apollo-angular';
import { OperationTypeNode } from 'graphql';
import { LiveSocket } from '../connection/live-socket';
import { Session } from '../sign-in/session';
import { createCache } from './cache';
import { failureOf } from './failure';
import { fetchInTime } from './fetch-in-time';

/** Queries and mutations by HTTP, subscriptions by the live socket. */
export function provideInboxApollo(): Provider {
  return provideApollo(() => {
    const session = inject(Session);
    const signedOut = new ErrorLink(({ error }) => {
      if (failureOf(error) === 'signed-out') session.expire();
    });
    return {
      link: ApolloLink.split(
        ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
        new GraphQLWsLink(inject(LiveSocket).client),
        ApolloLink.from([signedOut, new HttpLink({ uri: '/graphql', fetch: fetchInTime })]),
      ),
      cache: createCache(),
    };
  });
}
