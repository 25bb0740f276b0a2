// One customer's chat with the business, as it looks on the customer's phone.
import { bubble, describe, timeOf } from './bubble.js';
import { h, wire } from './wire.js';

export { describe, timeOf };

const byId = (id) => document.getElementById(id);

const attachments = [
  ['image', '📷', 'Photo'],
  ['video', '🎬', 'Video'],
  ['audio', '🎤', 'Voice note'],
  ['document', '📄', 'Document'],
  ['location', '📍', 'Location'],
  ['contacts', '👤', 'Contact'],
  ['sticker', '🌟', 'Sticker'],
  ['order', '🛒', 'Order'],
  ['unsupported', '📊', 'Poll'],
];

// How long "typing" stands when nothing follows; as on a real phone.
const typingMs = 25_000;

export function createChat({ onBack }) {
  const timeline = byId('timeline');
  const text = byId('text');
  const messages = new Map();
  let customer = null;
  let address = '';
  let quoted = null;
  let typingUntil = 0;
  let loading = 0;

  async function show(next, nextAddress) {
    const isOther = customer?.id !== next.id;
    customer = next;
    address = nextAddress;
    if (isOther) {
      messages.clear();
      timeline.replaceChildren();
      quote(null);
      typingUntil = 0;
    }
    drawHeader();
    loading += 1;
    const mine = loading;
    const all = await wire.messages(next.id);
    if (mine !== loading || customer?.id !== next.id) return;
    for (const message of all) messages.set(message.wamid, message);
    draw();
    timeline.scrollTop = timeline.scrollHeight;
    void wire.open(next.id);
    if (isOther && matchMedia('(min-width: 761px)').matches) text.focus();
  }

  function drawHeader() {
    byId('chat-name').textContent = customer.name || address;
    byId('online').checked = customer.isOnline;
    byId('receipts').checked = customer.sendsReadReceipts;
    const isTyping = Date.now() < typingUntil;
    byId('chat-state').textContent = isTyping
      ? 'business is typing …'
      : customer.isOnline
        ? address
        : `${address} · offline`;
  }

  /** Not yet on the phone: messages on their way to somebody who is offline. */
  const isHidden = ({ direction, status }) =>
    direction === 'fromBusiness' && ['accepted', 'sent', 'failed'].includes(status);

  function draw() {
    const isAtEnd = timeline.scrollHeight - timeline.scrollTop - timeline.clientHeight < 60;
    const shown = [...messages.values()]
      .filter((message) => message.type !== 'reaction' && !isHidden(message))
      .sort((one, other) => one.at - other.at);
    let day = '';
    const rows = [];
    for (const message of shown) {
      const date = new Date(message.at).toDateString();
      if (date !== day) rows.push(h('li', { className: 'day' }, dayOf(message.at)));
      day = date;
      rows.push(
        bubble(message, { quotedMessage: messages.get(message.quotedWamid), quote, react }),
      );
    }
    timeline.replaceChildren(...rows);
    if (isAtEnd) timeline.scrollTop = timeline.scrollHeight;
    drawWaiting();
  }

  function drawWaiting() {
    const count = [...messages.values()].filter(
      (message) => isHidden(message) && message.status === 'sent',
    ).length;
    const isStuck = !customer.isOnline && count > 0;
    byId('waiting').hidden = !isStuck;
    byId('waiting').textContent =
      `${count} ${count === 1 ? 'message waits' : 'messages wait'} for this phone to come online`;
  }

  let isDrawDue = false;
  function drawSoon() {
    if (isDrawDue) return;
    isDrawDue = true;
    requestAnimationFrame(() => {
      isDrawDue = false;
      if (customer) draw();
    });
  }

  function quote(message) {
    quoted = message;
    byId('quote-bar').hidden = message === null;
    byId('quote-text').textContent = message ? describe(message) : '';
    if (message) text.focus();
  }

  function react(message, emoji) {
    const isSame = message.reactions.byCustomer === emoji;
    void wire.react(customer.id, message.wamid, isSame ? null : emoji);
  }

  function send(draft) {
    const quotedWamid = quoted ? { quotedWamid: quoted.wamid } : {};
    quote(null);
    timeline.scrollTop = timeline.scrollHeight;
    return wire.write(customer.id, { ...draft, ...quotedWamid });
  }

  function sendText() {
    const body = text.value.trim();
    if (body === '') return;
    text.value = '';
    grow();
    send({ text: body }).catch(() => {
      text.value = body;
      grow();
    });
  }

  function grow() {
    text.style.height = 'auto';
    text.style.height = `${Math.min(text.scrollHeight, 140)}px`;
  }

  byId('composer').addEventListener('submit', (event) => {
    event.preventDefault();
    sendText();
  });
  text.addEventListener('input', grow);
  text.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    sendText();
  });
  byId('quote-off').addEventListener('click', () => quote(null));
  byId('back').addEventListener('click', onBack);
  byId('online').addEventListener('change', (event) => {
    void wire.changePhone(customer.id, { isOnline: event.target.checked });
  });
  byId('receipts').addEventListener('change', (event) => {
    void wire.changePhone(customer.id, { sendsReadReceipts: event.target.checked });
  });
  attachMenu((type) => void send({ type }));

  return {
    customerId: () => customer?.id ?? null,
    show: (next, nextAddress) => void show(next, nextAddress),
    hide() {
      customer = null;
      messages.clear();
      timeline.replaceChildren();
    },
    takeCustomer(changed) {
      if (changed.id !== customer?.id) return;
      customer = changed;
      drawHeader();
      drawWaiting();
    },
    take(change) {
      if (change.customerId !== customer?.id) return;
      if (change.kind === 'message') {
        messages.set(change.message.wamid, change.message);
        if (change.message.direction === 'fromBusiness') typingUntil = 0;
        drawSoon();
      } else {
        typingUntil = change.isTyping ? Date.now() + typingMs : 0;
        setTimeout(() => customer && drawHeader(), typingMs + 50);
      }
      drawHeader();
    },
  };
}

function attachMenu(onPick) {
  const button = byId('attach');
  const menu = byId('attach-menu');
  const toggle = (isOpen) => {
    menu.hidden = !isOpen;
    button.setAttribute('aria-expanded', String(isOpen));
  };
  button.addEventListener('click', () => toggle(menu.hidden));
  document.addEventListener('click', (event) => {
    if (!event.target.closest('.menu-holder')) toggle(false);
  });
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    toggle(false);
    button.focus();
  });
  for (const [type, sign, label] of attachments) {
    const entry = h('button', { type: 'button' }, h('span', { className: 'sign' }, sign), label);
    entry.addEventListener('click', () => {
      toggle(false);
      onPick(type);
    });
    menu.append(entry);
  }
}

function dayOf(at) {
  const date = new Date(at);
  const today = new Date();
  if (date.toDateString() === today.toDateString()) return 'Today';
  today.setDate(today.getDate() - 1);
  if (date.toDateString() === today.toDateString()) return 'Yesterday';
  return date.toLocaleDateString(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
}
