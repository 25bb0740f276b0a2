import type { OutgoingMessage, Recipient } from './whatsapp.ts';

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages */
export function sendBody(message: OutgoingMessage): object {
  const { body } = message.content;
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    ...addressOf(message.recipient),
    type: 'text',
    // A preview is made of the first link only, so without one there is nothing to ask for.
    text: { body, preview_url: /https?:\/\/\S/i.test(body) },
    ...(message.replyToWamid === null ? {} : { context: { message_id: message.replyToWamid } }),
    biz_opaque_callback_data: message.callbackData,
  };
}

export function readReceiptBody(wamid: string): object {
  return { messaging_product: 'whatsapp', status: 'read', message_id: wamid };
}

// Without the + WhatsApp puts the business number's country code in front: a stranger would get it.
function addressOf(recipient: Recipient): object {
  return recipient.phoneNumber === undefined
    ? { recipient: recipient.userId }
    : { to: `+${recipient.phoneNumber}` };
}
