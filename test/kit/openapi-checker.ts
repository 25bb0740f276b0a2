import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { z } from 'zod';

const documentForm = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        responses: z.record(
          z.string(),
          z.object({ content: z.record(z.string(), z.object({ schema: z.unknown() })) }),
        ),
      }),
    ),
  ),
  components: z.object({ schemas: z.record(z.string(), z.record(z.string(), z.unknown())) }),
});

/** What is wrong with an answer by its OpenAPI document; null when nothing. */
export type AnswerChecker = (
  asked: { readonly method: string; readonly path: string },
  response: Response,
  body: unknown,
) => string | null;

export function createAnswerChecker(openApi: unknown): AnswerChecker {
  const { paths, components } = documentForm.parse(openApi);
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'https://openapi.invalid/document', components });
  return ({ method, path }, response, body) => {
    const [pathname = ''] = path.split('?', 1);
    const described = paths[pathname]?.[method.toLowerCase()]?.responses[response.status];
    if (described === undefined) return `${method} ${pathname} ${response.status} is not described`;
    const [mediaType = ''] = response.headers.get('content-type')?.split(';', 1) ?? [];
    const content = described.content[mediaType];
    if (content === undefined) return `${mediaType} is not described`;
    const validate = ajv.compile(
      JSON.parse(
        JSON.stringify(content.schema).replaceAll('"#/', '"https://openapi.invalid/document#/'),
      ),
    );
    return validate(body) ? null : ajv.errorsText(validate.errors);
  };
}
