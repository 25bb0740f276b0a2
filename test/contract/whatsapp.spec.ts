import { pino } from 'pino';
import { createCloudApi } from '../../api/whatsapp/cloud-api.ts';
import { startCloudApiStub } from '../kit/cloud-api-stub.ts';
import { whatsAppContract } from './whatsapp.contract.ts';

whatsAppContract('the Cloud API', async () => {
  const stub = await startCloudApiStub();
  const config = { token: 'token-of-the-tests', apiVersion: 'v25.0', apiBaseUrl: stub.url };
  const whatsApp = createCloudApi({ config, log: pino({ level: 'silent' }), timeoutMs: 300 });
  return { whatsApp, stub, close: () => stub.close() };
});
