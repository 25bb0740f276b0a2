import { workshop, durationMs } from './demo/chats.ts';
import { scenes } from './demo/scenes.ts';
import { demoCredentials, readSettings, serverEnvironment } from './demo/settings.ts';
import type { DemoSettings } from './demo/settings.ts';

const settings: DemoSettings = {
  port: 8000,
  simulatorPort: 8001,
  dataDirectory: './data/demo',
  scene: 'workshop',
};

describe('the settings of the demo', () => {
  it('need nothing', () => {
    expect(readSettings({}, [])).toEqual(settings);
  });

  it('put the simulator beside the server', () => {
    expect(readSettings({ PORT: '9100' }, [])).toMatchObject({ port: 9100, simulatorPort: 9101 });
    expect(readSettings({ SIMULATOR_PORT: '7000' }, [])).toMatchObject({ simulatorPort: 7000 });
  });

  it('take a variable that is empty as not set', () => {
    expect(readSettings({ PORT: '', DATA_DIR: '', SIMULATOR_PORT: '' }, [])).toEqual(settings);
  });

  it.each([
    [{ PORT: 'eighty' }, []],
    [{ PORT: '0' }, []],
    [{ PORT: '65535' }, []],
    [{ PORT: '8000', SIMULATOR_PORT: '8000' }, []],
    [{}, ['--scene', 'opera']],
    [{}, ['--scene', 'toString']],
    [{}, ['--scene']],
    [{}, ['--loud']],
  ])('say what is wrong: %j %j', (environment, args) => {
    expect(readSettings(environment, args)).toHaveProperty('problem');
  });

  it('name every scene to whom asks for one that does not exist', () => {
    const asked = readSettings({}, ['--scene', 'opera']);
    const problem = 'problem' in asked ? asked.problem : '';
    expect(problem).toContain('There is no scene "opera"');
    for (const [name, { about }] of Object.entries(scenes)) {
      expect(problem).toContain(name);
      expect(problem).toContain(about);
    }
  });

  it('give each scene a directory of its own, unless one is given', () => {
    expect(readSettings({}, ['--scene', 'long-chat'])).toEqual({
      ...settings,
      scene: 'long-chat',
      dataDirectory: './data/demo-long-chat',
    });
    expect(readSettings({ DATA_DIR: '/srv/demo' }, ['--scene', 'empty'])).toMatchObject({
      dataDirectory: '/srv/demo',
    });
  });
});

describe('the server of the demo', () => {
  const real = {
    WHATSAPP_TOKEN: 'real-token',
    WHATSAPP_APP_SECRET: 'real-secret',
    MONGODB_URI: 'mongodb://production',
    API_KEY: 'a-real-key-of-the-team',
    HOST: '0.0.0.0',
    HOME: '/home/somebody',
  };
  const environment = serverEnvironment(real, settings, demoCredentials);

  it('talks to the simulator alone, whatever is set for a real installation', () => {
    expect(environment).toMatchObject({
      WHATSAPP_TOKEN: 'demo-token',
      WHATSAPP_APP_SECRET: 'demo-app-secret',
      WHATSAPP_API_BASE_URL: 'http://127.0.0.1:8001',
      HOST: '127.0.0.1',
      DATA_DIR: './data/demo',
    });
    // Set to nothing rather than left out: a line in .env must not come back.
    expect(environment).toMatchObject({ MONGODB_URI: '', API_KEY: '' });
  });

  it('is told none of the settings of WhatsApp in the scene without them', () => {
    const told = serverEnvironment(real, { ...settings, scene: 'not-configured' }, demoCredentials);
    expect(told).toMatchObject({
      WHATSAPP_TOKEN: '',
      WHATSAPP_PHONE_NUMBER_ID: '',
      WHATSAPP_VERIFY_TOKEN: '',
      WHATSAPP_APP_SECRET: '',
    });
  });

  it('keeps the rest of the environment', () => {
    expect(environment).toHaveProperty('HOME', '/home/somebody');
  });
});

describe('the chats of the workshop', () => {
  it('lie in the past, in order', () => {
    for (const { person, lines } of workshop) {
      const ages = lines.map(({ ago }) => durationMs(ago));
      expect({ person: person.name, ages }).toEqual({
        person: person.name,
        ages: [...ages].sort((one, other) => other - one),
      });
      expect(ages.every((age) => age > 0)).toBe(true);
    }
  });

  it('leave somebody unread, somebody without a number, and somebody beyond 24 hours', () => {
    expect(workshop.some(({ unread }) => unread > 0)).toBe(true);
    expect(workshop.some(({ person }) => person.phoneNumber === undefined)).toBe(true);
    const newest = workshop.map(({ lines }) =>
      Math.min(
        ...lines
          .filter(({ from, type }) => from === 'customer' && type !== 'reaction')
          .map(({ ago }) => durationMs(ago)),
      ),
    );
    expect(newest.some((age) => age > durationMs('1d'))).toBe(true);
  });

  it('use only numbers that are kept for fiction', () => {
    const fictional = /^(1\d{3}555\d{4}|1\d{3}55501\d\d|447700900\d{3}|3363998\d{4}|614915\d{5})$/;
    for (const { person } of workshop)
      if (typeof person.phoneNumber === 'string') expect(person.phoneNumber).toMatch(fictional);
  });
});
