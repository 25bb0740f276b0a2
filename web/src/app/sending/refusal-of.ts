import { serverText } from '../../locale/server-text';
import type { SendOutcomeFragment } from '../graphql/graphql';
import { previewText } from '../message-text/preview-text';
import type { Refusal } from './send-queue';

type Refused = Exclude<SendOutcomeFragment, { __typename: 'Message' }>;

/** A refusal of the server in words for the place where the message was written. */
export function refusalOf(outcome: Refused): Refusal {
  switch (outcome.__typename) {
    case 'InvalidInputError':
      return {
        title: $localize`This cannot be sent`,
        advice:
          outcome.issues.map((issue) => serverText(issue.message)).join(' ') || outcome.message,
      };
    case 'NotConfiguredError':
      return {
        title: $localize`WhatsApp is not configured`,
        advice: serverText(outcome.message),
      };
    case 'ServiceWindowClosedError':
      return {
        title: $localize`The 24 hours to answer are over`,
        advice: serverText(outcome.message),
      };
    case 'StaleConversationError':
      return staleRefusal(outcome);
    case 'NotFoundError':
      return {
        title: $localize`This chat is no longer there`,
        advice: serverText(outcome.message),
      };
    case 'ConflictError':
      return {
        title: $localize`This was sent before with another text`,
        advice: serverText(outcome.message),
      };
  }
}

function staleRefusal({
  lastMessage,
}: Extract<Refused, { __typename: 'StaleConversationError' }>): Refusal {
  const isTheirs = lastMessage.direction === 'INBOUND';
  return {
    title: isTheirs
      ? $localize`The customer wrote meanwhile`
      : $localize`Somebody answered meanwhile`,
    advice: $localize`“${previewText(lastMessage)}:text:”. Look whether your message still fits.`,
    newerMessageId: lastMessage.id,
  };
}
