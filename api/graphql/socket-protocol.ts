import type { ExecutionArgs } from 'graphql';
import { makeServer } from 'graphql-ws';
import type { Server, SubscribePayload } from 'graphql-ws';
import { limitRefusal } from './limit-refusal.ts';
import { limits } from './limits.ts';
import { prepareOperation } from './prepared-operation.ts';
import type { PreparedOperation } from './prepared-operation.ts';
import type { Admission } from './socket-admission.ts';
import type { SocketConnection } from './socket-connection.ts';
import { sendFrames } from './socket-frames.ts';
import type { GraphQLServer } from './yoga.ts';

export interface SocketProtocolOptions {
  readonly graphql: GraphQLServer;
  readonly admission: Admission;
  readonly sender: string;
}

/** An operation of a client, from when it is prepared until it is run. */
interface Pending extends PreparedOperation {
  readonly id: string;
  readonly connection: SocketConnection;
}

/**
 * GraphQL over WebSocket (https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md) by
 * graphql-ws, on the server of all transports.
 */
export function createSocketProtocol(options: SocketProtocolOptions): Server<SocketConnection> {
  const { graphql, admission, sender } = options;
  const pending = new WeakMap<ExecutionArgs, Pending>();

  async function prepare(connection: SocketConnection, id: string, payload: SubscribePayload) {
    const terms = { sender, onPassed: connection.passed };
    const prepared = await prepareOperation(graphql, payload, terms);
    if (!('args' in prepared)) return prepared;
    pending.set(prepared.args, { ...prepared, id, connection });
    return prepared.args;
  }

  function pendingOf(args: ExecutionArgs): Pending {
    const operation = pending.get(args);
    if (operation === undefined) throw new Error('An operation is prepared before it is run.');
    return operation;
  }

  async function subscribe(args: ExecutionArgs) {
    const operation = pendingOf(args);
    const result = await operation.subscribe();
    return Symbol.asyncIterator in result
      ? sendFrames(result, operation.id, operation.connection)
      : result;
  }

  return makeServer<Record<string, unknown>, SocketConnection>({
    onConnect: ({ extra, connectionParams }) => admission.admit(extra, connectionParams ?? {}),
    onSubscribe: ({ extra, subscriptions }, id, payload) =>
      Object.keys(subscriptions).length > limits.subscriptionsPerSocket
        ? [tooManySubscriptions]
        : prepare(extra, id, payload),
    execute: (args) => pendingOf(args).execute(),
    subscribe,
  });
}

const tooManySubscriptions = limitRefusal({
  limit: 'subscriptionsPerSocket',
  value: limits.subscriptionsPerSocket,
  message: `The limit is ${limits.subscriptionsPerSocket} operations at a time on one WebSocket.`,
});
