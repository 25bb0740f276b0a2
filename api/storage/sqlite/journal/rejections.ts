import { dayMs, minuteMs } from '../../../clock.ts';
import type { Instant } from '../../../clock.ts';
import type { Rejection } from '../../store.ts';
import type { Database } from '../database.ts';

/** The list shows why; the counts go on beyond it, so that nobody can fill the disk with bad requests. */
const keptRejections = 200;
const countsKeptMs = 30 * dayMs;

export function recordRejection(database: Database, rejection: Rejection): void {
  const { at, status, reason, times } = rejection;
  database.run(
    'INSERT INTO rejections (at, status, reason, times) VALUES (?, ?, ?, ?)',
    at,
    status,
    reason,
    times,
  );
  database.run(
    'DELETE FROM rejections WHERE key <= (SELECT max(key) FROM rejections) - ?',
    keptRejections,
  );
  database.run(
    `INSERT INTO rejection_counts (minute, rejected) VALUES (?, ?)
     ON CONFLICT DO UPDATE SET rejected = rejected + excluded.rejected`,
    minuteOf(at),
    times,
  );
}

/** Newest first. */
export function rejections(database: Database, limit: number): readonly Rejection[] {
  return database.all<Rejection>(
    'SELECT at, status, reason, times FROM rejections ORDER BY key DESC LIMIT ?',
    limit,
  );
}

export function rejectedSince(database: Database, since: Instant): number {
  const row = database.get<{ n: number | null }>(
    'SELECT sum(rejected) AS n FROM rejection_counts WHERE minute >= ?',
    minuteOf(since),
  );
  return row?.n ?? 0;
}

export function forgetOldRejections(database: Database, now: Instant): void {
  database.run('DELETE FROM rejection_counts WHERE minute < ?', minuteOf(now - countsKeptMs));
}

function minuteOf(at: Instant): number {
  return Math.floor(at / minuteMs);
}
