import {
  MongoCompatibilityError,
  MongoError,
  MongoServerError,
  MongoServerSelectionError,
} from 'mongodb';
import { StartError, systemCodeOf } from '../../errors.ts';

const wrongPassword = new Set([18, 8_000]); // AuthenticationFailed, and Atlas' own
const notAllowed = new Set([13]); // Unauthorized

/** Why MongoDB cannot be used, and what to do about it, without anything secret of the address. */
export function explainFailure(error: unknown, hosts: readonly string[]): unknown {
  if (error instanceof StartError) return error;
  const said = explained(error, hosts.length === 0 ? 'the server' : hosts.join(', '));
  return said === null ? error : new StartError(said, { cause: error });
}

/** The driver could make nothing of the address. Its own words may repeat parts of it. */
export function unusableAddress(cause: unknown): StartError {
  return new StartError(
    'MONGODB_URI is not an address of MongoDB: it looks like mongodb://user:password@host:27017/whatsapp_inbox?replicaSet=rs0, ' +
      'with signs other than letters and digits in the password written as %XX, and known options only.',
    { cause },
  );
}

function isTooOld(error: unknown): boolean {
  if (error instanceof MongoCompatibilityError) return true;
  if (!(error instanceof MongoServerSelectionError)) return false;
  const servers = [...(error.reason?.servers.values() ?? [])];
  return servers.some((server) => server.error instanceof MongoCompatibilityError);
}

function explained(error: unknown, hosts: string): string | null {
  const codes = codesOf(error);
  if (isTooOld(error))
    return `The MongoDB server at ${hosts} is too old for this program. Take version 6.0 or later.`;
  if (error instanceof MongoServerError) return explainedAnswer(error, hosts);
  if (codes.some((code) => code === 'ENOTFOUND' || code === 'EAI_AGAIN'))
    return `No host of that name: MongoDB at ${hosts} cannot be found. Correct the host in MONGODB_URI.`;
  if (codes.includes('ECONNREFUSED'))
    return `Nobody listens at ${hosts}. Start MongoDB there, or correct MONGODB_URI.`;
  if (codes.some(isTlsCode))
    return `The certificate of MongoDB at ${hosts} is not trusted (${codes.find(isTlsCode) ?? ''}). Name the authority that signed it: add tlsCAFile=/path/to/ca.pem to MONGODB_URI.`;
  if (error instanceof MongoServerSelectionError) return explainedSelection(error, hosts);
  if (error instanceof MongoError)
    return `MongoDB at ${hosts} cannot be used: ${error.name}. Check MONGODB_URI.`;
  return null;
}

function explainedAnswer(error: MongoServerError, hosts: string): string {
  const code = Number(error.code);
  if (wrongPassword.has(code))
    return `MongoDB at ${hosts} refuses the user name or the password. Correct them in MONGODB_URI; the user may need ?authSource=admin.`;
  if (notAllowed.has(code))
    return `The user of MONGODB_URI may not use the database: give it the role readWrite and dbAdmin there.`;
  const name = typeof error.codeName === 'string' ? ` (${error.codeName})` : '';
  return `MongoDB at ${hosts} refuses the first commands: code ${String(code)}${name}. Is it a MongoDB replica set of version 6.0 or later?`;
}

function explainedSelection({ reason }: MongoServerSelectionError, hosts: string): string {
  if (reason?.type === 'ReplicaSetNoPrimary')
    return `No primary of the replica set is found at ${hosts}. Look at rs.status() in mongosh; the set's name and its members' addresses have to be those of MONGODB_URI.`;
  return `MongoDB at ${hosts} does not answer. Check host, port and firewall, and whether both sides use TLS (tls=true in MONGODB_URI).`;
}

/** Of the error and all behind it: drivers wrap what the system says. */
function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  const seen = new Set<unknown>();
  const look = (part: unknown): void => {
    if (typeof part !== 'object' || part === null || seen.has(part)) return;
    seen.add(part);
    const code = systemCodeOf(part);
    if (code !== undefined) codes.push(code);
    if ('cause' in part) look(part.cause);
    if (part instanceof MongoServerSelectionError)
      for (const server of part.reason?.servers.values() ?? []) look(server.error);
  };
  look(error);
  return codes;
}

function isTlsCode(code: string): boolean {
  return /CERT|ERR_TLS|ERR_SSL|EPROTO|UNABLE_TO/.test(code);
}
