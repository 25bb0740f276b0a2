import { pino } from 'pino';
import { createCloudApi } from '../../api/whatsapp/cloud-api.ts';
import { startCloudApiStub } from '../kit/cloud-api-stub.ts';
import { whatsAppContract } from './whatsapp.contract.ts';

whatsAppContract('the Cloud API', async (timeoutMs = 5_000) => {
  const stub = await startCloudApiStub();
  const config = { token: 'token-of-the-tests', apiVersion: 'v25.0', apiBaseUrl: stub.url };
  const whatsApp = createCloudApi({ config, log: pino({ level: 'silent' }), timeoutMs });
  return { whatsApp, stub, close: () => stub.close() };
});
