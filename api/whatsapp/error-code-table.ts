import type { FailureFacts, RetryPolicy } from '../messages/own-failure.ts';

/**
 * Meta's codes: https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
 * Only codes that say the message was not sent are tried again.
 */
type Row = readonly [code: number, title: string, advice: string, retry?: RetryPolicy];

const byItself = 'It is tried again by itself; nothing has to be done.';
const newToken =
  'The operator has to set a new WHATSAPP_TOKEN (a system user token does not expire). Sending goes on by itself once it works.';

export const permissionMissing: FailureFacts = {
  title: 'Permission missing',
  advice:
    'The operator has to give the token whatsapp_business_messaging for this WhatsApp account; then press Retry.',
  retry: 'never',
  retryable: true,
};

/** They pass, or somebody can mend them without touching the message: a person's Retry makes sense. */
const mendable: readonly Row[] = [
  [0, 'WhatsApp does not accept the access token', newToken, 'pause'],
  [190, 'The access token is expired or invalid', newToken, 'pause'],
  [1, 'WhatsApp reported an unknown error', byItself, { few: 2 }],
  [2, 'WhatsApp is down or overloaded', byItself, 'backoff'],
  [3, permissionMissing.title, permissionMissing.advice],
  [10, permissionMissing.title, permissionMissing.advice],
  [104, 'WhatsApp does not accept the access token', newToken, 'pause'],
  [131005, permissionMissing.title, permissionMissing.advice],
  [4, "The app's call limit is reached", byItself, 'slow'],
  [80007, "The WhatsApp account's rate limit is reached", byItself, 'slow'],
  [130429, 'Too many messages at once from this business number', byItself, 'backoff'],
  [131000, 'Something went wrong at WhatsApp', byItself, { few: 3 }],
  [131016, 'WhatsApp is temporarily unavailable', byItself, 'backoff'],
  [131056, 'Too many messages to this customer in a short time', byItself, 'pair'],
  [131057, 'The business number is under maintenance', byItself, 'backoff'],
  [133004, "WhatsApp's server is temporarily unavailable", byItself, 'backoff'],
  [132069, 'The flow is throttled', byItself, 'slow'],
  [
    33,
    'The business number does not exist (any more)',
    'The operator has to check WHATSAPP_PHONE_NUMBER_ID in the WhatsApp Manager; then press Retry.',
  ],
  [
    368,
    'The account is restricted for a breach of policy',
    'The owner has to open Meta Business Support, mend the breach or appeal; press Retry after that.',
  ],
  [
    130403,
    'We have blocked this customer',
    'Unblock them in the WhatsApp Manager, then press Retry.',
  ],
  [
    131026,
    'It could not be delivered to this number',
    'Check that the number is right. Ask the customer, by another way, whether it is on WhatsApp, to update the app and to accept its newest terms; then press Retry.',
  ],
  [
    131030,
    'This is a test number, and the recipient is not on its list',
    'The operator has to add the recipient to the allowed numbers in the app dashboard (at most 5); then press Retry.',
  ],
  [
    131031,
    'The business account is locked',
    'The owner has to see Meta Business Support; press Retry once it is unlocked.',
  ],
  [
    131037,
    'The display name of the business number is not approved',
    'The owner has to get a display name approved in the WhatsApp Manager; then press Retry.',
  ],
  [
    131042,
    'There is a problem with the payment method',
    'The owner has to mend billing in the WhatsApp Manager; then press Retry.',
  ],
  [
    131045,
    'The business number is not registered correctly',
    'The operator has to register the number again; then press Retry.',
  ],
  [
    131048,
    'WhatsApp holds messages back: too many people blocked or reported this number',
    'Stop sending to people who do not expect it, and look at the quality rating in the WhatsApp Manager. Press Retry some hours later.',
  ],
  [
    131064,
    'Sending is limited after a wrongly classified template',
    'The limit ends by itself: the WhatsApp Manager shows when. Press Retry after that.',
  ],
  [
    132015,
    'The template is paused because of its quality',
    'Wait until it is active again, or use another template; then press Retry.',
  ],
  [
    133010,
    'The business number is not registered',
    'The operator has to register it with the Cloud API; then press Retry.',
  ],
  [
    133016,
    'The number was registered and deregistered too often',
    'Wait some hours without registering it, then press Retry.',
  ],
  [
    134011,
    "The terms of WhatsApp's payments are not accepted",
    'The owner has to accept them in the WhatsApp Manager; then press Retry.',
  ],
  [
    137000,
    "The customer's identity has changed",
    'Make sure, by another way, that it is still them; then press Retry.',
  ],
];

/** The message or its recipient has to change: the same again fails again. */
const final: readonly Row[] = [
  [
    100,
    'WhatsApp does not understand a part of the message',
    'Write it anew in another form. If that fails as well, tell the operator the details.',
  ],
  [
    470,
    'More than 24 hours have passed since the customer last wrote',
    'Wait until they write, or send an approved template.',
  ],
  [
    130472,
    'The customer takes part in an experiment of WhatsApp and gets no marketing messages',
    'Reach them another way, or wait until they write.',
  ],
  [
    130497,
    'This business may not send to that country',
    'Reach the customer another way; the owner finds the rules in the messaging policy.',
  ],
  [
    131008,
    'A part of the message is missing',
    'Write it anew. If that fails as well, tell the operator the details.',
  ],
  [
    131009,
    'A part of the message has a value that is not allowed',
    'Write it anew, without the quote if it has one: what it quotes may be deleted or older than 30 days.',
  ],
  [131021, 'The recipient is the business number itself', 'Send it to another number.'],
  [
    131047,
    'More than 24 hours have passed since the customer last wrote',
    'Wait until they write, or send an approved template.',
  ],
  [
    131049,
    'WhatsApp held it back, so that the customer does not get too many marketing messages',
    'Do not send it again within 24 hours. Wait until the customer writes.',
  ],
  [
    131050,
    'The customer has stopped marketing messages from this business',
    'Respect that. Answer when they write.',
  ],
  [131051, 'WhatsApp does not support this kind of message', 'Send it as text.'],
  [
    131052,
    "The customer's file could not be fetched",
    'Ask the customer to send it again, smaller than 100 MB.',
  ],
  [
    131053,
    'Our file could not be uploaded',
    'Check that the file is of the type its name says and within the size limits; then send it anew.',
  ],
  [
    131060,
    'WhatsApp could not pass this message on',
    'Ask the customer to send it again, or read it in the phone app.',
  ],
  [
    131062,
    'This message cannot be sent to a user without a phone number',
    'Ask the customer for their phone number and start a new chat with it.',
  ],
  [
    131063,
    'Marketing templates are switched off for this number',
    'The owner has to send them by the Marketing Messages API.',
  ],
  [
    132000,
    'The number of template values is wrong',
    'Fill in exactly the values that the template asks for.',
  ],
  [
    132001,
    'The template does not exist in this language, or is not approved',
    'Choose a template and language that the WhatsApp Manager shows as active.',
  ],
  [132005, 'The filled-in template is too long', 'Use shorter values.'],
  [
    132007,
    'The template breaks a rule on its text',
    'The owner has to change the template in the WhatsApp Manager.',
  ],
  [
    132012,
    'A template value has the wrong form',
    'Fill in the values in the form that the template asks for.',
  ],
  [132016, 'The template is disabled because of its quality', 'Use another template.'],
  [
    132018,
    'A template value is not valid',
    'Use values without line breaks, tabs or more than four spaces in a row.',
  ],
  [132068, 'The flow is blocked', 'The owner has to mend the flow in the WhatsApp Manager.'],
  [
    135000,
    'WhatsApp refused the message without a clear reason',
    'Write it anew. If that fails as well, tell the operator the details.',
  ],
];

export const tableOfCodes: ReadonlyMap<number, FailureFacts> = new Map([
  ...mendable.map((row) => entryOf(row, true)),
  ...final.map((row) => entryOf(row, false)),
]);

function entryOf(row: Row, retryable: boolean): [number, FailureFacts] {
  const [code, title, advice, retry = 'never'] = row;
  return [code, { title, advice, retry, retryable }];
}
