import angular from 'angular-eslint';
import graphql from '@graphql-eslint/eslint-plugin';
import nodePlugin from 'eslint-plugin-n';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

/** One entry of `no-restricted-imports`: what may not be imported, and where it belongs. */
const keepOut = (group, message) => ({ group, message });

const drivers = keepOut(
  ['libsql', 'mongodb'],
  'Drivers belong to their adapter in api/storage (the change streams, too); go through the Store port.',
);
const transports = keepOut(
  ['fastify', '@fastify/*', 'graphql', 'graphql-yoga', 'graphql-ws', '@pothos/*', 'ws'],
  'Use cases know ports only; HTTP belongs to routes, GraphQL to *.schema.ts and api/graphql.',
);
const developmentOnly = keepOut(
  ['**/test/**', '**/simulator/**', '**/web/**'],
  'Production code imports neither tests, nor the simulator, nor the web app.',
);
const adapters = keepOut(
  ['**/storage/sqlite/**', '**/storage/mongo/**'],
  'Only app.ts picks a store; everything else knows storage/store.ts.',
);
const lateClients = {
  ...keepOut(
    ['@apollo/client', '@apollo/client/*', 'apollo-angular', 'graphql-ws'],
    'They come after the first drawing: ask through LateApollo, or InboxApollo in a part of its own (docs/decisions/0008).',
  ),
  allowTypeImports: true,
};
const restrict = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });

// Of HTML, ARIA and SVG: what they say is for the browser.
const attributesWithoutWords = [
  'rel',
  'aria-controls',
  'aria-describedby',
  'aria-haspopup',
  'aria-labelledby',
  'aria-live',
  'autocapitalize',
  'closedby',
  'enterkeyhint',
  'inputmode',
  'popover',
  'stroke-linecap',
  'stroke-linejoin',
];

const useCases = [
  'api/{messages,conversations,contacts,search,outbox,events,whatsapp}/**/*.ts',
  'api/webhook/**/*.ts',
];

export default tseslint.config(
  {
    ignores: ['dist/', '.angular/', 'data/', 'coverage/', 'web/src/app/graphql/', 'test/fixtures/'],
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { n: nodePlugin },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 80 }],
      'max-params': ['error', { max: 3 }],
      'no-console': 'error',
      'n/no-process-env': 'error',
    },
  },
  { files: ['api/**/*.ts'], rules: restrict(drivers, developmentOnly, adapters) },
  {
    files: useCases,
    ignores: ['**/*.schema.ts', '**/*routes.ts', '**/*.spec.ts'],
    rules: restrict(drivers, developmentOnly, adapters, transports),
  },
  { files: ['api/storage/**/*.ts'], rules: restrict(developmentOnly, transports) },
  { files: ['api/app.ts'], rules: restrict(drivers, developmentOnly) },
  {
    files: ['api/config.ts', 'api/main.ts', 'api/journal-command.ts', 'api/migrate-command.ts'],
    rules: { 'n/no-process-env': 'off' },
  },
  {
    files: ['**/*.spec.ts', 'test/**/*.ts'],
    rules: {
      'max-lines-per-function': 'off',
      'n/no-process-env': 'off',
      'no-restricted-imports': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['web/**/*.ts'],
    extends: [angular.configs.tsRecommended],
    processor: angular.processInlineTemplates,
    rules: {
      '@angular-eslint/component-selector': [
        'error',
        { type: 'element', prefix: 'app', style: 'kebab-case' },
      ],
      '@angular-eslint/prefer-on-push-component-change-detection': 'error',
      '@typescript-eslint/no-extraneous-class': 'off',
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'TaggedTemplateExpression[tag.name="$localize"]:not(:function *):not(PropertyDefinition[static=false] *)',
          message: 'The language is not known yet when a module is loaded: say it in a function.',
        },
      ],
    },
  },
  {
    files: ['web/src/app/**/*.ts'],
    ignores: ['**/*.spec.ts', 'web/src/app/apollo/**', 'web/src/app/connection/live-socket.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': ['error', { patterns: [lateClients] }],
    },
  },
  {
    files: ['web/**/*.html'],
    extends: [angular.configs.templateRecommended, angular.configs.templateAccessibility],
  },
  {
    files: ['web/src/app/**/*.html'],
    rules: {
      '@angular-eslint/template/i18n': [
        'error',
        { checkId: false, ignoreAttributes: attributesWithoutWords },
      ],
    },
  },
  {
    files: ['web/**/*.graphql'],
    extends: [graphql.configs['flat/operations-recommended']],
    plugins: { '@graphql-eslint': graphql },
    languageOptions: {
      parser: graphql.parser,
      parserOptions: {
        graphQLConfig: { schema: 'schema.graphql', documents: 'web/src/**/*.graphql' },
      },
    },
    rules: {
      '@graphql-eslint/selection-set-depth': 'off',
      '@graphql-eslint/naming-convention': 'off',
    },
  },
  { files: ['tools/**/*.mjs', '*.js', '*.cjs'], extends: [tseslint.configs.disableTypeChecked] },
  prettier,
);
