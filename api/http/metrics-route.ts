import type { FastifyPluginCallback } from 'fastify';
import { dayMs, secondMs } from '../clock.ts';
import type { Clock } from '../clock.ts';
import { StoreUnavailableError } from '../errors.ts';
import type { EventFeed } from '../events/events.ts';
import type { Metrics } from '../metrics.ts';
import type { Store } from '../storage/store.ts';
import type { Access } from './access.ts';
import { accessGuard } from './access-guard.ts';
import type { HttpConfig } from '../config.ts';
import { metricsPath } from './paths.ts';

export interface MetricsRouteOptions {
  readonly metrics: Metrics;
  readonly store: Pick<Store, 'outbox'>;
  readonly feed: Pick<EventFeed, 'subscribers'>;
  readonly access: Access;
  readonly http: Pick<HttpConfig, 'publicUrl'>;
  readonly clock: Clock;
}

/** The numbers of this process, for Prometheus. */
export function metricsRoute(options: MetricsRouteOptions): FastifyPluginCallback {
  const { metrics, store, feed, access, http, clock } = options;

  async function readOutbox(): Promise<void> {
    try {
      const { queued, oldestQueuedAt } = await store.outbox.summary(clock.now() - dayMs);
      metrics.outboxDepth.set(queued);
      const ageMs = oldestQueuedAt === null ? 0 : Math.max(0, clock.now() - oldestQueuedAt);
      metrics.outboxAgeSeconds.set(ageMs / secondMs);
    } catch (error) {
      // The other numbers are worth having just then.
      if (!(error instanceof StoreUnavailableError)) throw error;
    }
  }

  return (server, _options, done) => {
    server.addHook('onRequest', accessGuard(access, http));
    server.get(metricsPath, async (_request, reply) => {
      await readOutbox();
      metrics.subscribers.set(feed.subscribers);
      return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
    });
    done();
  };
}
