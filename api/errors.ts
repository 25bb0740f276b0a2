/** The store cannot be reached or written; webhooks and sends answer 503. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';
}

/** Something a person has to mend before the program can start; shown without a stack. */
export class StartError extends Error {
  override readonly name: string = 'StartError';
}

/** Another process has the store's directory open. */
export class StoreInUseError extends StartError {
  override readonly name = 'StoreInUseError';
}

/** Input that cannot be used. `issues` name the field and what to do. */
export class InvalidInputError extends Error {
  override readonly name = 'InvalidInputError';
  readonly issues: readonly InputIssue[];

  constructor(issues: readonly InputIssue[]) {
    super(
      issues
        .map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`))
        .join(' '),
    );
    this.issues = issues;
  }
}

export interface InputIssue {
  readonly path: readonly string[];
  readonly message: string;
}

/** A subscriber that reads more slowly than events come; it resumes from its last cursor. */
export class SlowConsumerError extends Error {
  override readonly name = 'SlowConsumerError';

  constructor() {
    super(
      'The stream was ended because it was read too slowly. Subscribe again with `after` set to your last cursor.',
    );
  }
}

/** The code that Node gives to failures of the system, such as ENOENT. */
export function systemCodeOf(error: unknown): string | undefined {
  const isCoded = typeof error === 'object' && error !== null && 'code' in error;
  return isCoded && typeof error.code === 'string' ? error.code : undefined;
}
