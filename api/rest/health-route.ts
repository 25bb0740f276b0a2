import type { FastifyPluginCallback } from 'fastify';
import type { Health, HealthReport } from '../health/health.ts';
import { notCached } from '../http/access-guard.ts';
import { pluginPath } from '../http/paths.ts';
import { HttpProblem } from '../http/problem.ts';
import type { HealthAnswer } from './answers.ts';

/** Open to everybody, for load balancers and the container's own check. */
export function healthRoute({ health }: { readonly health: Health }): FastifyPluginCallback {
  return (server, _options, done) => {
    server.addHook('onRequest', notCached);
    server.get(`${pluginPath}/health`, async () => {
      const report = await health.report();
      if (report.status === 'DOWN') throw down(report);
      return toHealthAnswer(report);
    });
    done();
  };
}

function toHealthAnswer(report: HealthReport): HealthAnswer {
  return {
    status: report.status === 'OK' ? 'healthy' : 'degraded',
    plugin: 'whatsapp',
    configured: report.configured,
    missing_settings: [...report.missingSettings],
    warnings: [...report.warnings],
    api_version: report.apiVersion,
    phone_number_id: report.phoneNumberId,
    store: {
      kind: report.store.kind === 'EMBEDDED' ? 'embedded' : 'mongodb',
      ok: report.store.ok,
      latency_ms: report.store.latencyMs,
      detail: report.store.detail,
    },
    version: report.version,
  };
}

function down(report: HealthReport): HttpProblem {
  return new HttpProblem({
    status: 503,
    kind: 'store-unavailable',
    title: 'Store unavailable',
    detail: report.store.detail ?? 'The store cannot be reached or written.',
    members: { plugin: 'whatsapp', version: report.version },
    headers: { 'retry-after': '5' },
  });
}
