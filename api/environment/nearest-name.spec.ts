import { nearestName } from './nearest-name.ts';

const names = ['WHATSAPP_TOKEN', 'WHATSAPP_API_VERSION', 'PORT'];

it.each([
  ['WHATSAPP_TOKEN', 'WHATSAPP_TOKEN'],
  ['WHATSAPP_TOEKN', 'WHATSAPP_TOKEN'],
  ['WHATSAPP_APIVERSION', 'WHATSAPP_API_VERSION'],
  ['PRT', 'PORT'],
])('finds what %s was meant to be', (typed, meant) => {
  expect(nearestName(typed, names)).toBe(meant);
});

it.each(['', 'WHATSAPP_SOMETHING_ELSE', 'XY'])('finds nothing near %j', (typed) => {
  expect(nearestName(typed, names)).toBeNull();
});

it('finds nothing among no names', () => {
  expect(nearestName('PORT', [])).toBeNull();
});
