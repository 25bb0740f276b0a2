import type { Plugin } from 'graphql-yoga';

/** The HTTP status of failures that are ours. What a client did wrong has its status already. */
const statusByCode: Readonly<Record<string, number>> = {
  SERVICE_UNAVAILABLE: 503,
  INTERNAL_SERVER_ERROR: 500,
  LIMIT_EXCEEDED: 400,
};

export function useStatus(): Plugin {
  return {
    onExecutionResult(executed) {
      const { result } = executed;
      if (result === undefined || Array.isArray(result) || Symbol.asyncIterator in result) return;
      const codes = (result.errors ?? []).map(({ extensions }) => String(extensions['code']));
      // Partial data is an answer, unless the store is down: then the whole is worth another try.
      const counted = codes.filter((code) => result.data == null || code === 'SERVICE_UNAVAILABLE');
      const status = Math.max(0, ...counted.map((code) => statusByCode[code] ?? 0));
      if (status === 0) return;
      executed.setResult({ ...result, extensions: { ...result.extensions, http: { status } } });
    },
  };
}
