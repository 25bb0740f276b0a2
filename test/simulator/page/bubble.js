// How one message looks on the phone.
import { h, icon } from './wire.js';

const emojis = ['👍', '❤️', '😂', '😮', '🙏'];
const tick = 'm3 12.5 4.5 4.5L16 8';
const doubleTick = 'm1.5 12.5 4.5 4.5L14.5 8M10 15.5l1.5 1.5L20 8';
const clock = 'M12 4.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15zM12 8v4l2.5 2';

const kinds = {
  image: ['📷', 'Photo'],
  video: ['🎬', 'Video'],
  audio: ['🎤', 'Voice note'],
  document: ['📄', 'Document'],
  sticker: ['🌟', 'Sticker'],
  location: ['📍', 'Location'],
  contacts: ['👤', 'Contact'],
  order: ['🛒', 'Order'],
  interactive: ['🔘', 'Choice'],
  button: ['🔘', 'Button'],
  template: ['📋', 'Template'],
  unsupported: ['📊', 'Poll'],
  reaction: ['💬', 'Reaction'],
  system: ['ℹ️', 'Notice'],
};

export function timeOf(at) {
  const date = new Date(at);
  const isToday = date.toDateString() === new Date().toDateString();
  return isToday
    ? date.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' })
    : date.toLocaleDateString(undefined, { day: 'numeric', month: 'short' });
}

/** One line for lists and quotes. */
export function describe(message) {
  if (!message) return '';
  const words = wordsOf(message);
  const [sign, label] = kinds[message.type] ?? [];
  if (message.type === 'text') return words;
  if (message.type === 'reaction') return words ? `Reacted ${words}` : 'Took a reaction back';
  return `${sign ?? '✉️'} ${words || (label ?? message.type)}`;
}

function wordsOf({ type, content }) {
  if (content === null || typeof content !== 'object') return '';
  if (type === 'contacts') return content.map(({ name }) => name?.formatted_name).join(', ');
  if (type === 'interactive')
    return content.list_reply?.title ?? content.button_reply?.title ?? content.body?.text ?? '';
  if (type === 'template' || type === 'location') return content.name ?? content.address ?? '';
  return content.body ?? content.caption ?? content.text ?? content.filename ?? content.emoji ?? '';
}

export function bubble(message, { quotedMessage, quote, react }) {
  const isMine = message.direction === 'fromCustomer';
  const body = h(
    'div',
    { className: `bubble is-${message.type}` },
    message.quotedWamid ? quotation(quotedMessage) : null,
    ...contentOf(message),
    h(
      'span',
      { className: 'meta' },
      h('time', { textContent: clockTime(message.at) }),
      isMine ? ticks(message.status) : null,
    ),
    reactionsOf(message),
  );
  return h(
    'li',
    { className: isMine ? 'line is-mine' : 'line' },
    body,
    actions(message, { quote, react }),
  );
}

function clockTime(at) {
  return new Date(at).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
}

function quotation(message) {
  const author = message?.direction === 'fromCustomer' ? 'You' : 'The business';
  return h(
    'blockquote',
    {},
    h('strong', { textContent: message ? author : 'Message' }),
    h('bdi', { textContent: message ? describe(message) : 'not on this phone' }),
  );
}

function contentOf(message) {
  const words = wordsOf(message);
  if (message.type === 'text')
    return [h('p', { className: 'text', dir: 'auto', textContent: words })];
  const [sign, label] = kinds[message.type] ?? ['✉️', message.type];
  const hasPicture = ['image', 'video', 'sticker', 'location'].includes(message.type);
  const card = h(
    'div',
    { className: hasPicture ? 'picture' : 'card' },
    h('span', { className: 'sign' }, sign),
    hasPicture ? null : h('span', {}, h('strong', { textContent: label }), detailOf(message)),
  );
  const caption =
    hasPicture && words ? h('p', { className: 'text', dir: 'auto', textContent: words }) : null;
  return [card, caption];
}

function detailOf(message) {
  if (message.type === 'audio')
    return h('span', { className: 'wave', textContent: '▂▅▃▇▄▂▆▃▅▂▃▆▄▂' });
  return h('bdi', { textContent: wordsOf(message) });
}

function ticks(status) {
  if (status === 'waiting') return icon(clock, 'ticks');
  if (status === 'read') return icon(doubleTick, 'ticks is-read');
  return icon(status === 'delivered' ? doubleTick : tick, 'ticks');
}

function reactionsOf({ reactions }) {
  const given = [reactions.byCustomer, reactions.byBusiness].filter(Boolean);
  return given.length === 0
    ? null
    : h('span', { className: 'reactions', textContent: given.join('') });
}

function actions(message, { quote, react }) {
  const reply = h(
    'button',
    { type: 'button', title: 'Quote', ariaLabel: 'Quote' },
    icon('M9 7 4 12l5 5M4 12h10a6 6 0 0 1 6 6'),
  );
  reply.addEventListener('click', () => quote(message));
  const buttons = emojis.map((emoji) => {
    const button = h('button', { type: 'button', textContent: emoji, ariaLabel: `React ${emoji}` });
    button.addEventListener('click', () => react(message, emoji));
    return button;
  });
  return h('span', { className: 'actions' }, ...buttons, reply);
}
