import { parseArgs } from 'node:util';
import { defaultScene, isSceneName, sceneOf, scenes } from './scenes.ts';
import type { SceneName } from './scenes.ts';

export interface DemoSettings {
  readonly port: number;
  readonly simulatorPort: number;
  readonly dataDirectory: string;
  readonly scene: SceneName;
}

/** The settings of the demo, or what is wrong with them. */
export function readSettings(
  environment: Readonly<Record<string, string | undefined>>,
  args: readonly string[],
): DemoSettings | { readonly problem: string } {
  const port = portOf(environment['PORT'], 8000);
  const simulatorPort = portOf(environment['SIMULATOR_PORT'], port + 1);
  if (Number.isNaN(port)) return { problem: 'PORT has to be a number from 1 to 65534.' };
  if (Number.isNaN(simulatorPort) || simulatorPort === port)
    return { problem: 'SIMULATOR_PORT has to be a number from 1 to 65535, other than PORT.' };
  const scene = sceneNameOf(args);
  if (typeof scene === 'object') return scene;
  return {
    port,
    simulatorPort,
    dataDirectory: given(environment['DATA_DIR']) ?? directoryOf(scene),
    scene,
  };
}

/** Each scene goes on where it was, whichever was played last. */
function directoryOf(scene: SceneName): string {
  return scene === defaultScene ? './data/demo' : `./data/demo-${scene}`;
}

/** A variable that is set to nothing counts as not set. */
function given(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

function portOf(value: string | undefined, fallback: number): number {
  const text = given(value);
  const port = text === undefined ? fallback : /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  return port >= 1 && port <= 65_535 ? port : Number.NaN;
}

function sceneNameOf(args: readonly string[]): SceneName | { readonly problem: string } {
  try {
    const { values } = parseArgs({ args: [...args], options: { scene: { type: 'string' } } });
    const { scene = defaultScene } = values;
    return isSceneName(scene) ? scene : { problem: `There is no scene "${scene}".\n\n${usage()}` };
  } catch (error) {
    // An option that does not exist, or lacks its value: Node says which.
    return { problem: `${error instanceof Error ? error.message : String(error)}\n\n${usage()}` };
  }
}

function usage(): string {
  const lines = Object.entries(scenes).map(([name, { about }]) => `  ${name.padEnd(16)}${about}\n`);
  return `usage: npm run demo -- [--scene NAME]\n\nThe scenes:\n${lines.join('')}`;
}

/** What the server is started with: WhatsApp is the simulator, whatever else is set in the environment or in `.env`. */
export function serverEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  settings: DemoSettings,
  credentials: DemoCredentials,
): Readonly<Record<string, string | undefined>> {
  return {
    ...environment,
    ...whatsAppEnvironment(sceneOf(settings.scene).isNotConfigured === true ? null : credentials),
    WHATSAPP_API_VERSION: 'v26.0',
    WHATSAPP_API_BASE_URL: `http://127.0.0.1:${settings.simulatorPort}`,
    PORT: String(settings.port),
    HOST: '127.0.0.1',
    DATA_DIR: settings.dataDirectory,
    // Nothing of a real installation is touched.
    MONGODB_URI: '',
    API_KEY: '',
    PUBLIC_URL: '',
    ALLOWED_ORIGINS: '',
    ALLOW_UNSIGNED_WEBHOOKS: '',
    LOG_LEVEL: given(environment['LOG_LEVEL']) ?? 'warn',
  };
}

// Set to nothing rather than left out: a line in .env must not come back.
function whatsAppEnvironment(credentials: DemoCredentials | null) {
  return {
    WHATSAPP_TOKEN: credentials?.token ?? '',
    WHATSAPP_PHONE_NUMBER_ID: credentials?.phoneNumberId ?? '',
    WHATSAPP_VERIFY_TOKEN: credentials?.verifyToken ?? '',
    WHATSAPP_APP_SECRET: credentials?.appSecret ?? '',
  };
}

export interface DemoCredentials {
  readonly token: string;
  readonly phoneNumberId: string;
  readonly businessNumber: string;
  readonly verifyToken: string;
  readonly appSecret: string;
}

/** Good for nothing but the simulator. */
export const demoCredentials: DemoCredentials = {
  token: 'demo-token',
  phoneNumberId: '331190077250416',
  businessNumber: '15555550100',
  verifyToken: 'demo-verify-token',
  appSecret: 'demo-app-secret',
};
