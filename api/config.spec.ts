import { readConfig } from './config.ts';
import { newestApiVersion } from './environment/api-versions.ts';
import { StartError } from './errors.ts';

const clock = { now: () => Date.UTC(2026, 10, 23) };
const read = (environment: Record<string, string>) => readConfig(environment, clock);

function refusalOf(environment: Record<string, string>): string {
  try {
    read(environment);
  } catch (error) {
    if (error instanceof StartError) return error.message;
    throw error;
  }
  throw new Error('The settings were taken');
}

const complete = {
  WHATSAPP_TOKEN: 'EAAG-secret-token',
  WHATSAPP_PHONE_NUMBER_ID: '331190077250416, 331190077250417',
  WHATSAPP_VERIFY_TOKEN: 'a verify token',
  WHATSAPP_APP_SECRET: 'app-secret',
  WHATSAPP_API_VERSION: newestApiVersion,
};

describe('readConfig', () => {
  it('has a default for everything', () => {
    const config = read({});
    expect(config).toMatchObject({
      whatsapp: {
        token: null,
        phoneNumberIds: [],
        verifyToken: null,
        appSecret: null,
        apiVersion: 'v18.0',
        apiBaseUrl: 'https://graph.facebook.com',
        allowsUnsignedWebhooks: false,
        missingSettings: ['WHATSAPP_TOKEN', 'WHATSAPP_PHONE_NUMBER_ID', 'WHATSAPP_VERIFY_TOKEN'],
      },
      http: { port: 8000, host: '127.0.0.1', publicUrl: null, allowedOrigins: [], apiKey: null },
      journalDays: 7,
      logLevel: 'info',
    });
    expect(config.store).toEqual({ kind: 'embedded', directory: `${process.cwd()}/data` });
  });

  it('takes every setting', () => {
    const config = read({
      ...complete,
      WHATSAPP_API_BASE_URL: 'http://127.0.0.1:9999/graph/',
      ALLOW_UNSIGNED_WEBHOOKS: 'true',
      PORT: '0',
      HOST: '0.0.0.0',
      PUBLIC_URL: 'https://Inbox.example.com/',
      ALLOWED_ORIGINS: 'https://desk.example.com, http://localhost:4200',
      API_KEY: 'a-key-of-twenty-two-ch',
      DATA_DIR: '/var/lib/inbox',
      WEBHOOK_JOURNAL_DAYS: '90',
      LOG_LEVEL: 'debug',
    });
    expect(config).toEqual({
      whatsapp: {
        token: 'EAAG-secret-token',
        phoneNumberIds: ['331190077250416', '331190077250417'],
        verifyToken: 'a verify token',
        appSecret: 'app-secret',
        apiVersion: newestApiVersion,
        apiBaseUrl: 'http://127.0.0.1:9999/graph',
        allowsUnsignedWebhooks: true,
        missingSettings: [],
      },
      http: {
        port: 0,
        host: '0.0.0.0',
        publicUrl: 'https://inbox.example.com',
        allowedOrigins: ['https://desk.example.com', 'http://localhost:4200'],
        apiKey: 'a-key-of-twenty-two-ch',
      },
      store: { kind: 'embedded', directory: '/var/lib/inbox' },
      journalDays: 90,
      logLevel: 'debug',
      warnings: [],
    });
  });

  it.each([
    'mongodb://db',
    'mongodb://db/inbox',
    'mongodb://a:27017,b:27017,[::1]:27018/inbox?replicaSet=rs0&authSource=admin',
    'mongodb+srv://me:p%2Fw@cluster.example.com/?tls=true',
  ])('takes %s for the store', (uri) => {
    expect(read({ MONGODB_URI: uri, DATA_DIR: '/unused' }).store).toEqual({ kind: 'mongodb', uri });
  });

  it('takes an empty variable for one that is not set, and removes spaces around values', () => {
    const config = read({ PORT: '', API_KEY: '  ', WHATSAPP_TOKEN: ' token\n' });
    expect(config.http).toMatchObject({ port: 8000, apiKey: null });
    expect(config.whatsapp.token).toBe('token');
  });

  it('counts a list of phone numbers without any number as missing', () => {
    expect(read({ ...complete, WHATSAPP_PHONE_NUMBER_ID: ' , ' }).whatsapp.missingSettings).toEqual(
      ['WHATSAPP_PHONE_NUMBER_ID'],
    );
  });

  it.each([
    ['PORT', '65536', 'whole number from 0 to 65535'],
    ['PORT', '80a', 'whole number'],
    ['PORT', '-1', 'whole number'],
    ['PORT', '0x50', 'whole number'],
    ['PORT', '80.5', 'whole number'],
    ['HOST', 'http://localhost', 'without scheme and port'],
    ['HOST', '127.0.0.1:8000', 'without scheme and port'],
    ['PUBLIC_URL', 'inbox.example.com', 'https://inbox.example.com'],
    ['PUBLIC_URL', 'https://inbox.example.com/app', 'without a path'],
    ['PUBLIC_URL', 'https://name:word@inbox.example.com', 'scheme, host and port only'],
    ['PUBLIC_URL', 'ftp://inbox.example.com', 'scheme, host and port only'],
    ['ALLOWED_ORIGINS', '*', '* is not possible'],
    ['ALLOWED_ORIGINS', 'https://a.example,https://b.example/x', 'list of origins'],
    ['ALLOWED_ORIGINS', 'null', 'list of origins'],
    ['WHATSAPP_TOKEN', 'Bearer abc', 'one word without spaces'],
    ['WHATSAPP_TOKEN', 'abc\ndef', 'one word without spaces'],
    ['WHATSAPP_APP_SECRET', 'abc def', 'one word without spaces'],
    ['WHATSAPP_PHONE_NUMBER_ID', '+1 555 555 0142', 'digits only'],
    ['WHATSAPP_PHONE_NUMBER_ID', '331190077250416;2', 'digits only'],
    ['WHATSAPP_API_VERSION', '26', 'look like v26.0'],
    ['WHATSAPP_API_VERSION', 'v26.1', 'look like v26.0'],
    ['WHATSAPP_API_BASE_URL', 'http://graph.example.com', 'https://'],
    ['WHATSAPP_API_BASE_URL', 'graph.facebook.com', 'https://'],
    ['WHATSAPP_API_BASE_URL', 'https://graph.example.com/?a=1', 'without query'],
    ['API_KEY', 'fifteen-letters', 'at least 16 characters'],
    ['API_KEY', 'sixteen letters and spaces', 'without spaces'],
    ['ALLOW_UNSIGNED_WEBHOOKS', 'yes', 'true or false'],
    ['ALLOW_UNSIGNED_WEBHOOKS', 'TRUE', 'true or false'],
    ['WEBHOOK_JOURNAL_DAYS', '0', 'from 1 to 90'],
    ['WEBHOOK_JOURNAL_DAYS', '91', 'from 1 to 90'],
    ['LOG_LEVEL', 'verbose', 'trace, debug, info'],
    ['MONGODB_URI', 'http://db/inbox', 'has to look like mongodb://'],
    ['MONGODB_URI', 'mongodb://', 'has to look like mongodb://'],
    ['MONGODB_URI', 'mongodb://me:p/w@db/inbox', 'written as %XX'],
    ['MONGODB_URI', 'mongodb://me:p@w@db/inbox', 'written as %XX'],
  ])('refuses %s=%j and says what it has to be', (name, value, remedy) => {
    const message = refusalOf({ [name]: value });
    expect(message).toMatch(new RegExp(`^${name} `));
    expect(message).toContain(remedy);
    expect(message.split('\n')).toHaveLength(1);
  });

  it('names every problem at once', () => {
    const message = refusalOf({ PORT: 'x', LOG_LEVEL: 'loud', HOST: '0.0.0.0', API_KEY: '' });
    expect(message.split('\n')).toEqual([
      'The settings have 3 problems:',
      expect.stringMatching(/^ {2}- PORT /),
      expect.stringMatching(/^ {2}- LOG_LEVEL /),
      expect.stringMatching(/^ {2}- API_KEY has to be set/),
    ]);
  });

  it('never repeats a value, which may be a secret in the wrong place', () => {
    const secret = 'EAAG secret';
    const names = ['WHATSAPP_TOKEN', 'WHATSAPP_PHONE_NUMBER_ID', 'PORT', 'PUBLIC_URL', 'LOG_LEVEL'];
    const message = refusalOf(Object.fromEntries(names.map((name) => [name, secret])));
    expect(message).toContain('5 problems');
    expect(message).not.toContain('EAAG');
  });

  it.each(['0.0.0.0', '::', '192.168.1.7', 'inbox.example.com'])(
    'refuses to be reachable at %s without a key, with the reason',
    (host) => {
      expect(refusalOf({ HOST: host })).toMatch(/API_KEY has to be set.*read and write every/);
      expect(read({ HOST: host, API_KEY: 'sixteen-letters!' }).http.host).toBe(host);
    },
  );

  it.each(['127.0.0.1', '127.1.2.3', '::1', 'localhost'])('needs no key at %s', (host) => {
    expect(read({ HOST: host }).http.host).toBe(host);
  });
});

describe('warnings', () => {
  const warningsOf = (environment: Record<string, string>) => read(environment).warnings;

  it('has none when all is well', () => {
    expect(warningsOf(complete)).toEqual([]);
  });

  it.each([
    ['v18.0', true],
    ['v20.0', true],
    ['v21.0', false],
    ['v26.0', false],
    ['v31.0', false],
  ])('judges API version %s by its end', (version, isOver) => {
    const warnings = warningsOf({ ...complete, WHATSAPP_API_VERSION: version });
    expect(warnings).toHaveLength(isOver ? 1 : 0);
  });

  it('warns from the day on which a version ends', () => {
    const at = (now: number) =>
      readConfig({ ...complete, WHATSAPP_API_VERSION: 'v21.0' }, { now: () => now });
    expect(at(Date.UTC(2027, 0, 20, 23, 59)).warnings).toEqual([]);
    expect(at(Date.UTC(2027, 0, 21)).warnings).toEqual([expect.stringContaining(newestApiVersion)]);
  });

  it('warns of the default version, which is past its end', () => {
    expect(warningsOf({ ...complete, WHATSAPP_API_VERSION: '' })).toEqual([
      expect.stringContaining('v18.0 is past its end'),
    ]);
  });

  it('says that webhooks are refused without the app secret, or taken from everybody', () => {
    const others = { ...complete, WHATSAPP_APP_SECRET: '' };
    expect(warningsOf(others)).toEqual([expect.stringContaining('every webhook is refused')]);
    expect(warningsOf({ ...others, ALLOW_UNSIGNED_WEBHOOKS: 'true' })).toEqual([
      expect.stringContaining('without a signature'),
    ]);
  });

  it('warns of a public address without a key', () => {
    const publicUrl = { ...complete, PUBLIC_URL: 'https://inbox.example.com' };
    expect(warningsOf(publicUrl)).toEqual([expect.stringContaining('Set API_KEY')]);
    expect(warningsOf({ ...publicUrl, API_KEY: 'sixteen-letters!' })).toEqual([]);
    expect(warningsOf({ ...complete, PUBLIC_URL: 'http://localhost:8000' })).toEqual([]);
  });

  it('names the setting that a slip of the pen was meant to be', () => {
    expect(warningsOf({ ...complete, WHATSAPP_TOKN: 'x', WHATSAPP_BUSINESS_COLOUR: 'x' })).toEqual([
      'WHATSAPP_TOKN is not a setting of this server. Is it WHATSAPP_TOKEN?',
      'WHATSAPP_BUSINESS_COLOUR is not a setting of this server. See .env.example for their names.',
    ]);
  });
});
