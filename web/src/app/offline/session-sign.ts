/** Set by the server beside each session, with the same end (api/http/session-cookie.ts). */
const name = 'whatsapp_inbox_signed_in';

/** Whether there may be a session, as far as this browser knows by itself. */
export function hasSessionSign({ cookie }: Pick<Document, 'cookie'> = document): boolean {
  return cookie.split('; ').some((one) => one.startsWith(`${name}=`));
}
