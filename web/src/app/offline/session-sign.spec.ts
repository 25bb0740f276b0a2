import { hasSessionSign } from './session-sign';

it.each([
  ['', false],
  ['whatsapp_inbox_signed_in=1', true],
  ['other=1; whatsapp_inbox_signed_in=1', true],
  ['not_whatsapp_inbox_signed_in=1; other=whatsapp_inbox_signed_in=1', false],
])('finds the sign of a session in %j: %s', (cookie, isThere) => {
  expect(hasSessionSign({ cookie })).toBe(isThere);
});
