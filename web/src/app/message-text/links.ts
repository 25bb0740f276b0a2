import { phoneNumbers } from './phone-numbers';

/** A link in a text, by its place there. */
export interface Link {
  readonly start: number;
  readonly end: number;
  readonly href: string;
  /** The host of a web address where it is written otherwise: in letters that may look like others. */
  readonly host: string | null;
  /** In this app: a chat. */
  readonly opensHere: boolean;
}

// Marks that turn the direction of writing end an address, and so does what looks like a slash and is none: with
// them it could be drawn as another one.
const webAddress =
  /(?<![a-z0-9])(?:https?:\/\/|www\.)[^\s<>"\u202a-\u202e\u2066-\u2069\u2044\u2215\u29f8\u2571]+/giu;
const longestAddress = 2048;
/** What stands after an address rather than in it, also between markers. */
const trailing = /[.,;:!?'*_~`|…\]}»”’、。，！？：；؟،।]/u;

/** Web and e-mail addresses, and phone numbers, in order. What only looks like one is left out. In linear time. */
export function linksIn(text: string): readonly Link[] {
  const links: Link[] = [];
  let done = 0;
  for (const match of text.matchAll(webAddress)) {
    links.push(...otherLinks(text, done, match.index));
    done = match.index + match[0].length;
    const address = withoutTrailing(match[0]);
    const url = webUrlOf(address);
    if (url !== null) {
      const end = match.index + address.length;
      const host = hostUnlike(address, url);
      links.push({ start: match.index, end, href: url.href, host, opensHere: false });
    }
  }
  links.push(...otherLinks(text, done, text.length));
  return links;
}

function withoutTrailing(address: string): string {
  let unopened = countOf(address, ')') - countOf(address, '(');
  let end = address.length;
  for (; end > 0; end -= 1) {
    const last = address.charAt(end - 1);
    if (last === ')' && unopened > 0) unopened -= 1;
    else if (!trailing.test(last)) break;
  }
  return address.slice(0, end);
}

function countOf(text: string, letter: string): number {
  return text.split(letter).length - 1;
}

function webUrlOf(address: string): URL | null {
  if (address.length > longestAddress) return null;
  const url = urlOf(/^www\./i.test(address) ? `https://${address}` : address);
  if (url === null) return null;
  // `https://bank.example@elsewhere.example` leads elsewhere than it says.
  if (url.username !== '' || url.password !== '') return null;
  return /\w\.\w/.test(url.hostname) || url.hostname === 'localhost' ? url : null;
}

/** As the network knows it (`xn--…`), unless the address says just that. */
function hostUnlike(address: string, { hostname }: URL): string | null {
  const written = address.toLowerCase().replace(/^https?:\/\//, '');
  return written.startsWith(hostname) ? null : hostname;
}

function urlOf(address: string): URL | null {
  try {
    return new URL(address);
  } catch {
    // Not every text that begins like an address is one.
    return null;
  }
}

/** Digits at the end of a number may begin an address of mail: it has them. */
function otherLinks(text: string, from: number, to: number): readonly Link[] {
  const links: Link[] = [];
  let done = from;
  for (const mail of mailLinks(text, from, to)) {
    links.push(...numberLinks(text, done, mail.start), mail);
    done = mail.end;
  }
  return [...links, ...numberLinks(text, done, to)];
}

function numberLinks(text: string, from: number, to: number): readonly Link[] {
  return phoneNumbers(text, from, to).map(({ start, end, digits }) => ({
    start,
    end,
    href: `/to/${digits}`,
    host: null,
    opensHere: true,
  }));
}

// RFC 5321, 4.5.3.1: 64 before the @, 255 after it.
const mailbox = /[a-z0-9][\w.%+-]{0,63}$/i;
const domain = /^[a-z0-9.-]{1,255}/i;
const domainName = /^(?:[a-z0-9][a-z0-9-]*\.)+[a-z]{2,63}$/i;

function mailLinks(text: string, from: number, to: number): readonly Link[] {
  // The part alone: a search to the end of the text from each of many addresses would be a square of it.
  const part = text.slice(from, to);
  const links: Link[] = [];
  let done = 0;
  for (let at = part.indexOf('@'); at >= 0; at = part.indexOf('@', at + 1)) {
    const name = mailbox.exec(part.slice(Math.max(done, at - 64), at))?.[0];
    const host = domain.exec(part.slice(at + 1, at + 256))?.[0].replace(/[.-]+$/, '');
    if (name === undefined || host === undefined || !domainName.test(host)) continue;
    const [start, end] = [at - name.length, at + 1 + host.length];
    const href = `mailto:${part.slice(start, end)}`;
    links.push({ start: from + start, end: from + end, href, host: null, opensHere: false });
    done = end;
  }
  return links;
}
