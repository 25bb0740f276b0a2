import { STATUS_CODES } from 'node:http';
import type { InputIssue } from '../errors.ts';

/** What went wrong, as RFC 9457 puts it: https://www.rfc-editor.org/rfc/rfc9457 */
export interface Problem {
  /** `about:blank` says no more than the status; others tell a program which case it is. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly issues?: readonly InputIssue[];
}

export interface ProblemTerms {
  readonly status: number;
  /** What happened and what to do about it, in words for the caller; never a secret. */
  readonly detail: string;
  /** Names the case where the status alone does not, for example `window-closed`. */
  readonly kind?: string;
  readonly title?: string;
  readonly issues?: readonly InputIssue[];
  /** More members of the answer. */
  readonly members?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

export const problemMediaType = 'application/problem+json; charset=utf-8';

/** Thrown by a route to answer with a problem. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  readonly statusCode: number;
  readonly body: Problem;
  readonly headers: Readonly<Record<string, string>>;

  constructor(terms: ProblemTerms) {
    super(terms.detail);
    this.statusCode = terms.status;
    this.body = problemOf(terms);
    this.headers = terms.headers ?? {};
  }
}

export function problemOf({ status, detail, kind, title, issues, members }: ProblemTerms): Problem {
  return {
    type: kind === undefined ? 'about:blank' : `urn:whatsapp-inbox:${kind}`,
    title: title ?? STATUS_CODES[status] ?? 'Error',
    status,
    detail,
    ...(issues !== undefined && { issues }),
    ...members,
  };
}
