// Raised while a connection is being made: no byte of the request has left by then.
const beforeSending = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_NODATA',
  'EAI_NONAME',
  'UND_ERR_CONNECT_TIMEOUT',
  // The server's certificate was refused by us, which ends the handshake.
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);
const beforeSendingCalls = new Set(['connect', 'getaddrinfo']);

export interface TransportFailure {
  /** Whether it is certain that WhatsApp has seen nothing of the request. */
  readonly isBeforeSending: boolean;
  /** A code or a name; never an address or a header. */
  readonly reason: string;
}

/** What an error thrown by fetch says about the request. */
export function transportFailureOf(error: unknown): TransportFailure {
  const chain = causesOf(error);
  const known = chain.find(isBeforeSending);
  const named = known ?? chain.findLast(({ code }) => code !== null) ?? chain[0];
  return {
    isBeforeSending: known !== undefined,
    reason: named?.code ?? named?.name ?? 'unknown',
  };
}

interface Cause {
  readonly name: string | null;
  readonly code: string | null;
  readonly syscall: string | null;
}

function isBeforeSending({ code, syscall }: Cause): boolean {
  return beforeSending.has(code ?? '') || beforeSendingCalls.has(syscall ?? '');
}

// The error, its cause, the cause's cause. Undici wraps once; a few more do no harm.
function causesOf(error: unknown, depth = 0): Cause[] {
  if (typeof error !== 'object' || error === null || depth > 4) return [];
  const text = (key: string): string | null => {
    const value: unknown = Reflect.get(error, key);
    return typeof value === 'string' ? value : null;
  };
  const cause = { name: text('name'), code: text('code'), syscall: text('syscall') };
  return [cause, ...causesOf(Reflect.get(error, 'cause'), depth + 1)];
}
