import { isIP } from 'node:net';
import { z } from 'zod';
import { longestJournalDays } from '../webhook/journal-days.ts';

/** Messages end a sentence that begins with the variable's name, and never hold its value. */
const wordPattern = /^[\x21-\x7e]+$/;
const word = z.string().regex(wordPattern, 'has to be one word without spaces: copy it once more');

const wholeNumber = (least: number, most: number, what: string) =>
  z
    .string()
    .refine(
      (text) => /^\d{1,6}$/.test(text) && Number(text) >= least && Number(text) <= most,
      `has to be ${what} from ${String(least)} to ${String(most)}`,
    )
    .transform(Number);

const yesOrNo = z
  .enum(['true', 'false'], 'has to be true or false')
  .transform((value) => value === 'true');

const list = z.string().transform((text) => [
  ...new Set(
    text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  ),
]);

const phoneNumberIds = list.refine(
  (ids) => ids.every((id) => /^\d+$/.test(id)),
  "has to be the number's id as Meta's API set-up page shows it: digits only, several separated by commas",
);

const exactOrigin =
  'scheme, host and port only, for example https://inbox.example.com, without a path';

const publicUrl = z
  .string()
  .refine((text) => originOf(text) !== null, `has to be ${exactOrigin}`)
  .transform((text) => originOf(text) ?? text);

const allowedOrigins = list
  .refine(
    (origins) => origins.every((origin) => originOf(origin) !== null),
    `has to be a list of origins separated by commas; each is ${exactOrigin}. * is not possible, since pages of everybody could then read your messages`,
  )
  .transform((origins) => origins.map((origin) => originOf(origin) ?? origin));

const apiBaseUrl = z
  .string()
  .refine(
    isApiAddress,
    'has to begin with https://, since the token is sent there (http:// is possible on this machine only), without query or password',
  )
  .transform((text) => text.replace(/\/+$/, ''));

const host = z
  .string()
  .refine(
    (name) => isIP(name) !== 0 || /^[a-z\d]([a-z\d.-]*[a-z\d])?$/i.test(name),
    'has to be an address or a host name, without scheme and port, for example 127.0.0.1',
  );

const journalDays = wholeNumber(1, longestJournalDays, 'a whole number of days');

/** Every variable, as text that is not empty; what is not given has its default in config.ts. */
export const variables = z.object({
  WHATSAPP_TOKEN: word.optional(),
  WHATSAPP_PHONE_NUMBER_ID: phoneNumberIds.optional(),
  WHATSAPP_VERIFY_TOKEN: z.string().optional(),
  WHATSAPP_APP_SECRET: word.optional(),
  WHATSAPP_API_VERSION: z
    .string()
    .regex(/^v\d{1,3}\.0$/, 'has to look like v26.0')
    .optional(),
  WHATSAPP_API_BASE_URL: apiBaseUrl.optional(),
  ALLOW_UNSIGNED_WEBHOOKS: yesOrNo.optional(),
  PORT: wholeNumber(0, 65_535, 'a whole number').optional(),
  HOST: host.optional(),
  PUBLIC_URL: publicUrl.optional(),
  ALLOWED_ORIGINS: allowedOrigins.optional(),
  API_KEY: z
    .string()
    .min(16, 'has to have at least 16 characters: make one with `openssl rand -base64 32`')
    .regex(wordPattern, 'has to be letters, digits and signs without spaces')
    .optional(),
  DATA_DIR: z.string().optional(),
  MONGODB_URI: z
    .string()
    .regex(
      /^mongodb(\+srv)?:\/\/([^\s/@]+@)?[^\s/@]+(\/[^\s/]*)?$/,
      'has to look like mongodb://user:password@host:27017/whatsapp_inbox?replicaSet=rs0, with signs other than letters and digits in the password written as %XX',
    )
    .optional(),
  WEBHOOK_JOURNAL_DAYS: journalDays.optional(),
  LOG_LEVEL: z
    .enum(
      ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
      'has to be trace, debug, info, warn, error, fatal or silent',
    )
    .optional(),
});

export type Variables = z.infer<typeof variables>;

export function isLoopback(hostname: string): boolean {
  return /^(localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[?::1\]?)$/i.test(hostname);
}

/** The origin that the text names, or null when it says more or less than an origin. */
function originOf(text: string): string | null {
  if (!/^https?:\/\/[^/?#@\\]+\/?$/i.test(text) || !URL.canParse(text)) return null;
  return new URL(text).origin;
}

function isApiAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, search, hash, username, password } = new URL(text);
  if (search + hash + username + password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}
