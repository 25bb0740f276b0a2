type EarlyAnswers = Record<'session' | 'inbox', Promise<Response | null> | null>;

declare global {
  interface Window {
    /** What index.html asked while the scripts were on their way. */
    earlyAnswers?: EarlyAnswers;
  }
}

/** The answer that the page asked for before we were there; once, and null where there is none. */
export async function earlyAnswer(question: keyof EarlyAnswers): Promise<Response | null> {
  const early = window.earlyAnswers;
  const answer = early?.[question] ?? null;
  if (early !== undefined) early[question] = null;
  const response = await answer;
  return response?.ok === true ? response : null;
}
