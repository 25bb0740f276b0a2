import { resolve } from 'node:path';
import { systemClock } from './clock.ts';
import type { Clock, Instant } from './clock.ts';
import { hasEnded, newestApiVersion } from './environment/api-versions.ts';
import { withEnvFile } from './environment/environment.ts';
import type { Environment } from './environment/environment.ts';
import { nearestName } from './environment/nearest-name.ts';
import { isLoopback, variables } from './environment/variables.ts';
import type { Variables } from './environment/variables.ts';
import { StartError } from './errors.ts';

/** The validated settings of one server. Made by `readConfig` from the environment. */
export interface Config {
  readonly whatsapp: WhatsAppConfig;
  readonly http: HttpConfig;
  readonly store:
    | { readonly kind: 'embedded'; readonly directory: string }
    | { readonly kind: 'mongodb'; readonly uri: string };
  readonly journalDays: number;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
  /** What an operator should mend; shown at start and in health. */
  readonly warnings: readonly string[];
}

export interface WhatsAppConfig {
  readonly token: string | null;
  /** The first is the default for new chats. */
  readonly phoneNumberIds: readonly string[];
  readonly verifyToken: string | null;
  readonly appSecret: string | null;
  readonly apiVersion: string;
  readonly apiBaseUrl: string;
  readonly allowsUnsignedWebhooks: boolean;
  /** Names of the variables without which nothing can be sent or received. */
  readonly missingSettings: readonly string[];
}

export interface HttpConfig {
  readonly port: number;
  readonly host: string;
  /** How browsers reach it; null: as asked. */
  readonly publicUrl: string | null;
  readonly allowedOrigins: readonly string[];
  readonly apiKey: string | null;
}

// As the original plugin's clients expect it; .env.example sets the newest.
const defaultApiVersion = 'v18.0';

/** Where each of the stores is, whichever of them the server uses. */
export interface StorePlaces {
  readonly directory: string;
  /** Null: not set. */
  readonly uri: string | null;
}

/** Of this process, as `loadConfig`; other settings do not matter. */
export function loadStorePlaces(): StorePlaces {
  return readStorePlaces(withEnvFile(process.env, '.env'));
}

export function readStorePlaces(environment: Environment): StorePlaces {
  const parsed = variables
    .pick({ DATA_DIR: true, MONGODB_URI: true })
    .safeParse(withoutEmpty(environment));
  if (!parsed.success) throw new StartError(explained(problemsOf(parsed.error)));
  const { DATA_DIR, MONGODB_URI } = parsed.data;
  return { directory: directoryOf(DATA_DIR), uri: MONGODB_URI ?? null };
}

/** The settings of this process: its environment, and `.env` in the working directory. */
export function loadConfig(): Config {
  return readConfig(withEnvFile(process.env, '.env'));
}

/** Throws a StartError that names every problem at once, each with what to do. */
export function readConfig(environment: Environment, clock: Clock = systemClock): Config {
  const given = withoutEmpty(environment);
  const parsed = variables.safeParse(given);
  const problems = [...problemsOf(parsed.error), ...exposureProblems(given)];
  if (!parsed.success || problems.length > 0) throw new StartError(explained(problems));
  const settings = parsed.data;
  return {
    whatsapp: whatsAppConfig(settings),
    http: httpConfig(settings),
    store: storeConfig(settings),
    journalDays: settings.WEBHOOK_JOURNAL_DAYS ?? 7,
    logLevel: settings.LOG_LEVEL ?? 'info',
    warnings: [...settingWarnings(settings, clock.now()), ...unknownNameWarnings(given)],
  };
}

function whatsAppConfig(settings: Variables): WhatsAppConfig {
  const needed = ['WHATSAPP_TOKEN', 'WHATSAPP_PHONE_NUMBER_ID', 'WHATSAPP_VERIFY_TOKEN'] as const;
  return {
    token: settings.WHATSAPP_TOKEN ?? null,
    phoneNumberIds: settings.WHATSAPP_PHONE_NUMBER_ID ?? [],
    verifyToken: settings.WHATSAPP_VERIFY_TOKEN ?? null,
    appSecret: settings.WHATSAPP_APP_SECRET ?? null,
    apiVersion: settings.WHATSAPP_API_VERSION ?? defaultApiVersion,
    apiBaseUrl: settings.WHATSAPP_API_BASE_URL ?? 'https://graph.facebook.com',
    allowsUnsignedWebhooks: settings.ALLOW_UNSIGNED_WEBHOOKS ?? false,
    missingSettings: needed.filter((name) => (settings[name]?.length ?? 0) === 0),
  };
}

function storeConfig(settings: Variables): Config['store'] {
  const { MONGODB_URI: uri } = settings;
  return uri === undefined
    ? { kind: 'embedded', directory: directoryOf(settings.DATA_DIR) }
    : { kind: 'mongodb', uri };
}

function directoryOf(given: string | undefined): string {
  return resolve(given ?? 'data');
}

function problemsOf(error: { readonly issues: readonly Issue[] } | undefined): string[] {
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')} ${message}.`);
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

function httpConfig(settings: Variables): HttpConfig {
  return {
    port: settings.PORT ?? 8000,
    host: settings.HOST ?? '127.0.0.1',
    publicUrl: settings.PUBLIC_URL ?? null,
    allowedOrigins: settings.ALLOWED_ORIGINS ?? [],
    apiKey: settings.API_KEY ?? null,
  };
}

/** A server that others can reach needs a key. */
function exposureProblems(given: Environment): string[] {
  const { HOST, API_KEY } = given;
  const host = variables.shape.HOST.safeParse(HOST).data;
  if (host === undefined || isLoopback(host) || API_KEY !== undefined) return [];
  return [
    'API_KEY has to be set when HOST is not a loopback address: whoever reaches the server could otherwise read and write every message. Set API_KEY to a secret of at least 16 characters, or HOST to 127.0.0.1.',
  ];
}

function settingWarnings(settings: Variables, now: Instant): string[] {
  const warnings: string[] = [];
  const version = settings.WHATSAPP_API_VERSION ?? defaultApiVersion;
  if (hasEnded(version, now))
    warnings.push(
      `WHATSAPP_API_VERSION: ${version} is past its end, and WhatsApp may treat it as a newer one. Set ${newestApiVersion}.`,
    );
  if (settings.WHATSAPP_APP_SECRET === undefined)
    warnings.push(
      settings.ALLOW_UNSIGNED_WEBHOOKS === true
        ? 'ALLOW_UNSIGNED_WEBHOOKS: webhooks are taken without a signature, so that anybody can put messages into the inbox. Set WHATSAPP_APP_SECRET instead.'
        : 'WHATSAPP_APP_SECRET is not set, so every webhook is refused and no message comes in. Set it to the app secret.',
    );
  const isPublic = settings.PUBLIC_URL !== undefined && !isLoopback(hostOf(settings.PUBLIC_URL));
  if (isPublic && settings.API_KEY === undefined)
    warnings.push(
      'PUBLIC_URL is answered without a key: whoever reaches it reads and writes every message. Set API_KEY.',
    );
  return warnings;
}

/** Slips of the pen in names would otherwise go unnoticed. */
function unknownNameWarnings(given: Environment): string[] {
  const names = Object.keys(variables.shape);
  return Object.keys(given)
    .filter((name) => name.startsWith('WHATSAPP_') && !names.includes(name))
    .map((name) => {
      const nearest = nearestName(name, names);
      const hint = nearest === null ? 'See .env.example for their names.' : `Is it ${nearest}?`;
      return `${name} is not a setting of this server. ${hint}`;
    });
}

/** A variable without a value is one that is not set: `NAME=` in .env.example stays harmless. */
function withoutEmpty(environment: Environment): Environment {
  const given = new Map<string, string>();
  for (const [name, value] of Object.entries(environment)) {
    const text = value?.trim();
    if (text !== undefined && text !== '') given.set(name, text);
  }
  return Object.fromEntries(given);
}

function explained(problems: readonly string[]): string {
  const [only] = problems;
  if (problems.length === 1 && only !== undefined) return only;
  const lines = problems.map((problem) => `  - ${problem}`);
  return `The settings have ${String(problems.length)} problems:\n${lines.join('\n')}`;
}

function hostOf(url: string): string {
  return new URL(url).hostname;
}
