import { createSimulator } from '../simulator/simulator.ts';
import type { Simulator } from '../simulator/simulator.ts';
import type { SimulatorOptions } from '../simulator/options.ts';

export const simulatorCredentials = {
  token: 'simulator-token',
  appSecret: 'example-app-secret',
  verifyToken: 'simulator-verify-token',
  phoneNumberId: '331190077250416',
  businessNumber: '15555550100',
} as const;

/**
 * A running simulator on a free port, with short delays. It has no server to report to until
 * `control.pointWebhooksAt(...)`: start it first, and the server with its `url` as `WHATSAPP_API_BASE_URL`.
 */
export async function startSimulator(
  overrides: Partial<SimulatorOptions> = {},
): Promise<Simulator> {
  const { token, appSecret, phoneNumberId: id, businessNumber: display } = simulatorCredentials;
  const simulator = createSimulator({
    port: 0,
    token,
    appSecret,
    webhookUrl: null,
    phoneNumbers: [{ id, display }],
    ...overrides,
  });
  await simulator.start();
  return simulator;
}

/** The environment of a server that talks to this simulator. */
export function simulatorEnvironment(url: string) {
  return {
    WHATSAPP_TOKEN: simulatorCredentials.token,
    WHATSAPP_PHONE_NUMBER_ID: simulatorCredentials.phoneNumberId,
    WHATSAPP_VERIFY_TOKEN: simulatorCredentials.verifyToken,
    WHATSAPP_APP_SECRET: simulatorCredentials.appSecret,
    WHATSAPP_API_VERSION: 'v25.0',
    WHATSAPP_API_BASE_URL: url,
  };
}
