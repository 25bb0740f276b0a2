import { z } from 'zod';
import { pluginPath } from '../http/paths.ts';
import { sessionCookie } from '../http/sessions.ts';
import { journalAnswers } from '../webhook/journal-json.ts';
import { journalOperations } from '../webhook/journal-operations.ts';
import { answers, requests } from './answers.ts';
import { operations } from './openapi-operations.ts';

/** https://spec.openapis.org/oas/v3.1.1.html, made from the schemas that the routes use. */
export function createOpenApi(version: string): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'WhatsApp Inbox',
      version,
      description:
        'Send and read WhatsApp messages. Times are ISO 8601 in UTC; errors are RFC 9457 problems.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [{ key: [] }, { session: [] }],
    paths: Object.fromEntries(
      Object.entries({ ...operations, ...journalOperations }).map(([path, item]) => [
        `${pluginPath}${path}`,
        item,
      ]),
    ),
    components: {
      schemas: {
        ...schemasOf(requests, 'input'),
        ...schemasOf({ ...answers, ...journalAnswers }, 'output'),
      },
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'API_KEY, when it is set.' },
        session: { type: 'apiKey', in: 'cookie', name: sessionCookie },
      },
    },
  };
}

function schemasOf(
  named: Readonly<Record<string, z.ZodType>>,
  io: 'input' | 'output',
): Record<string, object> {
  const registry = z.registry<{ readonly id: string }>();
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { io, uri: (id) => `#/components/schemas/${id}` });
  for (const schema of Object.values(schemas)) {
    // Their place in the document is their address.
    delete schema.$schema;
    delete schema.$id;
  }
  return schemas;
}
