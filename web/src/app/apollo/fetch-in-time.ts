/** A server that is there answers far sooner; a dead connection may never tell. */
const answerWithinMs = 20_000;

/** `fetch` that gives up: what waits for its answer can then be tried again. */
export const fetchInTime: typeof fetch = (input, init = {}) => {
  const timeout = AbortSignal.timeout(answerWithinMs);
  const signal = init.signal == null ? timeout : AbortSignal.any([init.signal, timeout]);
  return fetch(input, { ...init, signal });
};
