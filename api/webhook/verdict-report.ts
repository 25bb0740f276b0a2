import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { JournalEntry } from '../storage/store.ts';

export interface VerdictReportOptions {
  readonly log: Log;
  readonly metrics: Pick<Metrics, 'elements'>;
}

/** Tells the log and the metrics what became of a delivery. */
export function createVerdictReport({ log, metrics }: VerdictReportOptions) {
  return ({ id, state, sizeBytes, verdicts }: JournalEntry): void => {
    for (const { result } of verdicts) metrics.elements.inc({ result });
    log.info({ delivery: id, state, sizeBytes, elements: verdicts.length }, 'webhook delivery');
    const setAside = verdicts.filter((verdict) => verdict.result === 'SET_ASIDE');
    const [first] = setAside;
    if (first === undefined) return;
    const { path, detail } = first;
    log.warn(
      { delivery: id, setAside: setAside.length, path, detail },
      'part of a delivery set aside',
    );
  };
}
