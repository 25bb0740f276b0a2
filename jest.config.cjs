const { availableParallelism } = require('node:os');
const { createCjsPreset } = require('jest-preset-angular/presets');

const swc = [
  '@swc/jest',
  {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
  },
];
// Packages that are, or import(), ES modules alone: Jest runs CommonJS.
const esModules = '(@fastify/cookie|cookie|content-disposition)';
const node = {
  rootDir: __dirname,
  globalSetup: '<rootDir>/test/kit/jest/build-first.cjs',
  testEnvironment: 'node',
  transform: { '^.+\\.ts$': swc, [`/node_modules/${esModules}/.+\\.js$`]: swc },
  transformIgnorePatterns: [`/node_modules/(?!${esModules}/)`],
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.angular'],
};

/** Units beside their sources, booted servers, browsers, and the web app's own specs; what each command takes: package.json. */
module.exports = {
  // One more than there are cores: some tests wait for a clock. And a new process for those that have grown: a
  // large heap makes all that follows slow.
  maxWorkers: availableParallelism() + 1,
  workerIdleMemoryLimit: '500MB',
  testSequencer: '<rootDir>/test/kit/jest/longest-first.cjs',
  projects: [
    {
      ...node,
      displayName: 'api',
      testMatch: [
        '<rootDir>/api/**/*.spec.ts',
        '<rootDir>/test/{contract,api,simulator}/**/*.spec.ts',
        '<rootDir>/test/*.spec.ts',
      ],
    },
    {
      ...node,
      displayName: 'mongo',
      // Some tests of the start need no server. Without one all others would be loaded only to be skipped, which the
      // set-up tells loudly.
      testMatch: [`<rootDir>/test/mongo/${process.env.MONGODB_TEST_URI ? '*' : 'start'}.spec.ts`],
      globalSetup: '<rootDir>/test/kit/jest/mongo-or-say-so.cjs',
    },
    { ...node, displayName: 'browser', testMatch: ['<rootDir>/test/web/*.spec.ts'] },
    // Every state of the app in every size, theme and language: a suite of its own, `npm run test:thorough`.
    { ...node, displayName: 'thorough', testMatch: ['<rootDir>/test/web/thorough/*.spec.ts'] },
    {
      ...createCjsPreset({ tsconfig: '<rootDir>/web/tsconfig.spec.json' }),
      displayName: 'web',
      rootDir: __dirname,
      testMatch: ['<rootDir>/web/**/*.spec.ts'],
      setupFilesAfterEnv: ['<rootDir>/web/setup-jest.ts'],
      modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.angular'],
    },
  ],
};
