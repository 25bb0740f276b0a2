import { Socket } from 'node:net';
import { clientAddress } from './client-address.ts';

function addressOf(peer: string, forwarded: string | undefined, isBehindProxy = true): string {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', { value: peer });
  return clientAddress({ headers: { 'x-forwarded-for': forwarded }, socket }, isBehindProxy);
}

it('is the peer when there is no proxy, whatever a header says', () => {
  expect(addressOf('192.0.2.7', '198.51.100.1', false)).toBe('192.0.2.7');
  expect(addressOf('127.0.0.1', '198.51.100.1', false)).toBe('127.0.0.1');
});

it.each([
  '127.0.0.1',
  '::1',
  '::ffff:127.0.0.1',
  '10.1.2.3',
  '172.18.0.1',
  '192.168.0.2',
  'fd00::1',
])('believes a proxy at %s', (peer) => {
  expect(addressOf(peer, '198.51.100.1')).toBe('198.51.100.1');
});

it('does not believe a peer that is no proxy of ours', () => {
  expect(addressOf('192.0.2.7', '198.51.100.1')).toBe('192.0.2.7');
});

it('takes the last entry, which the proxy wrote, not what the client put before it', () => {
  expect(addressOf('127.0.0.1', '1.1.1.1, 2.2.2.2, 198.51.100.1')).toBe('198.51.100.1');
});

it.each([undefined, '', ' ', 'x'.repeat(5000), '1.2.3', '198.51.100.1:80'])(
  'falls back on the peer for %j',
  (forwarded) => {
    expect(addressOf('127.0.0.1', forwarded)).toBe('127.0.0.1');
  },
);

it.each([
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8:1:2::9', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['::1', '0:0:0:0'],
])('counts %s as its network', (peer, network) => {
  expect(addressOf(peer, undefined, false)).toBe(network);
});
