import { randomBytes } from 'node:crypto';

/** A refusal in the words and the shape of the Graph API. */
export interface GraphError {
  readonly code: number;
  readonly httpStatus: number;
  readonly title: string;
  readonly details: string;
}

// Codes, HTTP statuses and titles as Meta documents them:
// https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
const known: Readonly<Record<number, readonly [httpStatus: number, title: string]>> = {
  0: [401, 'AuthException'],
  1: [400, 'API Unknown'],
  2: [503, 'API Service'],
  3: [500, 'API Method'],
  4: [400, 'API Too Many Calls'],
  10: [403, 'Permission Denied'],
  33: [400, 'Parameter value is not valid'],
  100: [400, 'Invalid parameter'],
  104: [401, 'An access token is required to request this resource.'],
  190: [401, 'Invalid OAuth access token - Cannot parse access token'],
  368: [403, 'Temporarily blocked for policies violations'],
  80007: [400, 'Rate limit issues'],
  130429: [400, 'Rate limit hit'],
  130472: [400, "User's number is part of an experiment"],
  130497: [403, 'Business account is restricted from messaging users in this country'],
  131000: [500, 'Something went wrong'],
  131005: [403, 'Access denied'],
  131008: [400, 'Required parameter is missing'],
  131009: [400, 'Parameter value is not valid'],
  131016: [500, 'Service unavailable'],
  131021: [400, 'Recipient cannot be sender'],
  131026: [400, 'Message undeliverable'],
  131030: [400, 'Recipient phone number not in allowed list'],
  131031: [403, 'Account has been locked'],
  131042: [400, 'Business eligibility payment issue'],
  131045: [500, 'Incorrect certificate'],
  131047: [400, 'Re-engagement message'],
  131048: [400, 'Spam rate limit hit'],
  131049: [400, 'This message was not delivered to maintain healthy ecosystem engagement.'],
  131051: [400, 'Unsupported message type'],
  131052: [400, 'Media download error'],
  131053: [400, 'Media upload error'],
  131056: [400, '(Business Account, Consumer Account) pair rate limit hit'],
  131057: [500, 'Account in maintenance mode'],
  132001: [404, 'Template does not exist'],
  133004: [503, 'Server temporarily unavailable'],
  133010: [400, 'Phone number not registered'],
};

export function graphError(code: number, details = ''): GraphError {
  const [httpStatus, title] = known[code] ?? [400, 'Error'];
  return { code, httpStatus, title, details: details === '' ? title : details };
}

/** The body of a failed call. */
export function graphErrorBody({ code, title, details }: GraphError) {
  const isBare = code === 190 || code === 104;
  return {
    error: {
      message: isBare ? title : `(#${code}) ${title}`,
      type: 'OAuthException',
      code,
      ...(isBare ? {} : { error_data: { messaging_product: 'whatsapp', details } }),
      fbtrace_id: `A${randomBytes(12).toString('base64url')}`,
    },
  };
}

/** The entry of `statuses[].errors`. */
export function statusError({ code, title, details }: GraphError) {
  return {
    code,
    title,
    message: title,
    error_data: { details },
    href: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes',
  };
}
