import { MongoServerError } from 'mongodb';
import { StoreUnavailableError } from '../../../errors.ts';
import type { Verdict } from '../../store.ts';
import type { Core } from '../core.ts';
import { isDatabaseFailure } from '../database-failure.ts';

export type ElementVerdict = Pick<Verdict, 'result' | 'detail'>;

export const applied: ElementVerdict = { result: 'APPLIED', detail: null };
export const repeated: ElementVerdict = { result: 'REPEATED', detail: null };
export const held: ElementVerdict = { result: 'HELD', detail: null };

/** BadValue, FailedToParse, DocumentValidationFailure, BSONObjectTooLarge, KeyTooLong: so it will be the next time. */
const refusedCodes = new Set<unknown>([2, 9, 121, 10_334, 17_280]);

export function isRefusedCode(code: unknown): boolean {
  return refusedCodes.has(code);
}

/** What the database says of a document is for the log. */
export const refused: ElementVerdict = { result: 'SET_ASIDE', detail: 'It cannot be stored' };

/** The verdict on an element that failed by itself; where the database failed the whole delivery waits. */
export function setAside(core: Core, path: string, error: unknown): ElementVerdict {
  const isRefused = error instanceof MongoServerError && isRefusedCode(error.code);
  const isOfStore = isDatabaseFailure(error) || error instanceof StoreUnavailableError;
  if (isOfStore && !isRefused) throw error;
  core.log.error({ err: error, path }, 'element of a delivery set aside');
  return isRefused || !(error instanceof Error)
    ? refused
    : { result: 'SET_ASIDE', detail: error.message };
}
