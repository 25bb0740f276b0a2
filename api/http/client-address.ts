import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net';

/**
 * Where a request comes from. Behind a proxy (PUBLIC_URL is set, and the peer is on this machine
 * or in a private network) it is what the proxy says: the last entry of `X-Forwarded-For`, the
 * only one that the proxy wrote itself. It decides about nothing but the counting of wrong keys.
 */
export function clientAddress(
  request: Pick<IncomingMessage, 'headers' | 'socket'>,
  isBehindProxy: boolean,
): string {
  const peer = (request.socket.remoteAddress ?? 'unknown').replace(/^::ffff:/i, '');
  if (!isBehindProxy || !isNear(peer)) return networkOf(peer);
  const header = request.headers['x-forwarded-for'];
  const said = (Array.isArray(header) ? header.join() : header)?.split(',').at(-1)?.trim();
  return networkOf(said !== undefined && isIP(said) !== 0 ? said : peer);
}

const near = new BlockList();
near.addSubnet('127.0.0.0', 8, 'ipv4');
near.addSubnet('10.0.0.0', 8, 'ipv4');
near.addSubnet('172.16.0.0', 12, 'ipv4');
near.addSubnet('192.168.0.0', 16, 'ipv4');
near.addAddress('::1', 'ipv6');
near.addSubnet('fc00::', 7, 'ipv6');

function isNear(address: string): boolean {
  if (isIPv4(address)) return near.check(address, 'ipv4');
  return isIPv6(address) && near.check(address, 'ipv6');
}

/** One customer of a provider has a whole /64 of IPv6 addresses. */
function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const full = new URL(`http://[${address.split('%', 1)[0] ?? ''}]`).hostname.slice(1, -1);
  const [head = '', tail] = full.split('::', 2);
  const groups = head.split(':').filter((group) => group !== '');
  if (tail === undefined) return groups.slice(0, 4).join(':');
  const missing = 8 - groups.length - tail.split(':').filter((group) => group !== '').length;
  return [...groups, ...Array.from({ length: missing }, () => '0'), ...tail.split(':')]
    .slice(0, 4)
    .join(':');
}
