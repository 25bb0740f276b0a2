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
