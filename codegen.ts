import type { CodegenConfig } from '@graphql-codegen/cli';

/** Typed documents for the app's operations, made from the printed schema. */
const config: CodegenConfig = {
  schema: 'schema.graphql',
  documents: 'web/src/**/*.graphql',
  generates: {
    'web/src/app/graphql/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        enumsAsTypes: true,
        useTypeImports: true,
        strictScalars: true,
        scalars: { ID: 'string', DateTime: 'string', PhoneNumber: 'string' },
      },
    },
  },
};

export default config;
