import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';
import type { Config } from './config.ts';

export type Log = Logger;

/** One line of JSON per event. At info: ids only, no message text, no full numbers, no secrets. */
export function createLog(config: Pick<Config, 'logLevel'>, destination?: DestinationStream): Log {
  const options = {
    level: config.logLevel,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    // A last line of defence; no call site passes these on purpose.
    redact: ['token', 'appSecret', 'apiKey', 'authorization', '*.authorization', '*.cookie'],
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
