/** What is drawn and typed comes first, for this long at most. */
const withinMs = 1_000;

/** Goes on when there is nothing else to do. */
export function whenIdle(): Promise<void> {
  return new Promise((resolve) => {
    const goOn = (): void => {
      resolve();
    };
    // Safari has no idle callbacks.
    if ('requestIdleCallback' in window) requestIdleCallback(goOn, { timeout: withinMs });
    else setTimeout(goOn);
  });
}
