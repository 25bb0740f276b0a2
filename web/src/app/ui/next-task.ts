declare global {
  interface Window {
    /** Not in Safari (developer.mozilla.org/docs/Web/API/Prioritized_Task_Scheduling_API). */
    readonly scheduler?: {
      postTask(work: () => void, options: { readonly priority: 'user-blocking' }): Promise<void>;
    };
  }
}

/** Lets the browser draw, and act on a finger or a key, before the work goes on. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}

/** Goes on in a task of its own, and before the next drawing where the browser knows priorities. */
export function taskBeforeDrawing(): Promise<void> {
  return window.scheduler?.postTask(() => undefined, { priority: 'user-blocking' }) ?? nextTask();
}
