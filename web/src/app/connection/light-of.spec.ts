import { lightOf, warningsBeside } from './light-of';
import type { Health } from './server-health';

const health = (change: Partial<Health> = {}): Health => ({
  configured: true,
  missingSettings: [],
  warnings: [],
  version: '0.1.0',
  outbox: { pausedReason: null },
  ...change,
});

describe('lightOf', () => {
  it('is green when connected and configured', () => {
    expect(lightOf('live', health())).toMatchObject({ colour: 'green', label: 'Connected' });
    expect(lightOf('live', null).colour).toBe('green');
  });

  it('is amber and names what is missing', () => {
    const light = lightOf(
      'live',
      health({
        configured: false,
        missingSettings: ['WHATSAPP_TOKEN', 'WHATSAPP_PHONE_NUMBER_ID', 'WHATSAPP_VERIFY_TOKEN'],
      }),
    );
    expect(light.colour).toBe('amber');
    expect(light.advice).toContain(
      'WHATSAPP_TOKEN, WHATSAPP_PHONE_NUMBER_ID and WHATSAPP_VERIFY_TOKEN',
    );
  });

  it('names a single missing setting alone', () => {
    const light = lightOf('live', health({ configured: false, missingSettings: ['A'] }));
    expect(light.advice).toContain('Set A on the server');
  });

  it('is amber with the reason when sending is paused', () => {
    const pausedReason = 'The token was refused.';
    expect(lightOf('live', health({ outbox: { pausedReason } }))).toMatchObject({
      colour: 'amber',
      advice: pausedReason,
    });
  });

  it('is red without a connection, whatever was known before', () => {
    expect(lightOf('offline', health({ configured: false }))).toMatchObject({
      colour: 'red',
      label: 'No connection',
    });
    expect(lightOf('catching-up', health()).label).toBe('Catching up…');
  });

  it('does not alarm while the page is starting', () => {
    expect(lightOf('connecting', null).colour).toBe('grey');
  });
});

describe('warningsBeside', () => {
  const pausedReason = 'The token was refused.';
  const warnings = [`Sending is paused: ${pausedReason}`, 'Set the newest version.'];
  const paused = health({ warnings, outbox: { pausedReason } });

  it('leaves out what the light tells already', () => {
    expect(warningsBeside(lightOf('live', paused), paused)).toEqual(['Set the newest version.']);
  });

  it('tells all of them beside a light that has another reason', () => {
    expect(warningsBeside(lightOf('offline', paused), paused)).toEqual(warnings);
    expect(warningsBeside(lightOf('live', null), null)).toEqual([]);
  });
});
