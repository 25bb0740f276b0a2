import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const directory = join(__dirname, '../fixtures/webhooks');

/** The business numbers of the fixtures. */
export const londonNumberId = '442201188361527';
export const homeNumberId = '331190077250416';

/** The bytes of `test/fixtures/webhooks/<name>.json`. */
export function webhookFixture(name: string): Buffer {
  return readFileSync(join(directory, `${name}.json`));
}

export function webhookFixtureNames(): string[] {
  return readdirSync(directory).map((file) => file.replace(/\.json$/, ''));
}

/** A notification with these entries of `changes`. */
export function notification(...changes: readonly unknown[]): Buffer {
  const entry = [{ id: '208813574401927', changes }];
  return Buffer.from(JSON.stringify({ object: 'whatsapp_business_account', entry }));
}

/** An entry of `changes` for the inbox of the home number, unless `value` says otherwise. */
export function messagesChange(value: Readonly<Record<string, unknown>>): unknown {
  return {
    field: 'messages',
    value: {
      messaging_product: 'whatsapp',
      metadata: { display_phone_number: '15555550100', phone_number_id: homeNumberId },
      ...value,
    },
  };
}

/** A delivery of Amara's, with these messages. */
export function fromAmara(...messages: readonly unknown[]): Buffer {
  const contacts = [{ profile: { name: 'Amara Okafor' }, wa_id: '15555550142' }];
  return notification(messagesChange({ contacts, messages }));
}

/** A text of Amara's; `changed` replaces or removes (undefined) keys of it. */
export function textOfAmara(changed: Readonly<Record<string, unknown>> = {}) {
  return {
    from: '15555550142',
    id: 'wamid.HBgLMTU1NTU1NTAxNDIVAgASGBQzQQ==',
    timestamp: '1795132860',
    type: 'text',
    text: { body: 'Hello' },
    ...changed,
  };
}
