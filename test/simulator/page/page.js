// The list of customers, and which of their phones is in hand.
import { createChat, describe, timeOf } from './chat.js';
import { createFaultsPanel } from './faults.js';
import { follow, h, wire } from './wire.js';

const byId = (id) => document.getElementById(id);
const app = byId('app');
const people = new Map();
const chat = createChat({ onBack: () => show(null) });
createFaultsPanel({ panel: byId('faults'), button: byId('show-faults'), dot: byId('faults-dot') });

function avatarInto(element, customer) {
  const words = customer.name.trim().split(/\s+/).filter(Boolean);
  const initials = words.length > 1 ? [words[0], words.at(-1)] : words;
  element.textContent = initials.map((word) => [...word][0]?.toUpperCase()).join('') || '?';
  element.className = `avatar hue-${Number(customer.userId.replace(/\D/g, '').slice(-2) || 0) % 8}`;
}

function addressOf(customer) {
  if (customer.phoneNumber) return `+${customer.phoneNumber}`;
  return customer.username ? `@${customer.username}` : customer.userId;
}

function row({ customer, lastMessage, isTyping }) {
  const avatar = h('span');
  avatarInto(avatar, customer);
  if (customer.isOnline) avatar.classList.add('is-online');
  const preview = isTyping ? 'business is typing …' : describe(lastMessage);
  const text = h(
    'span',
    { className: 'row-text' },
    h(
      'span',
      { className: 'row-top' },
      h('bdi', { className: 'row-name', textContent: customer.name || addressOf(customer) }),
      h('time', { textContent: lastMessage ? timeOf(lastMessage.at) : '' }),
    ),
    h('bdi', {
      className: isTyping ? 'row-preview is-typing' : 'row-preview',
      textContent: preview || addressOf(customer),
    }),
  );
  const button = h('button', { className: 'row', type: 'button' }, avatar, text);
  if (customer.id === chat.customerId()) button.setAttribute('aria-current', 'true');
  button.addEventListener('click', () => show(customer.id));
  return h('li', {}, button);
}

// More rows than a hand scrolls through would only make each change slow.
const mostShown = 200;

function drawList() {
  const focused = document.activeElement?.closest?.('.people li');
  const index = focused ? [...byId('people').children].indexOf(focused) : -1;
  const sorted = [...people.values()].sort(
    (one, other) => (other.lastMessage?.at ?? 0) - (one.lastMessage?.at ?? 0),
  );
  const shown = sorted.slice(0, mostShown);
  byId('people').replaceChildren(...shown.map(row));
  byId('more-people').textContent =
    sorted.length > shown.length
      ? `The ${shown.length} who wrote last, of ${sorted.length.toLocaleString('en')}.`
      : '';
  if (index >= 0) byId('people').children[index]?.querySelector('button').focus();
}

let isListDue = false;
/** Many changes at once are drawn once. */
function drawListSoon() {
  if (isListDue) return;
  isListDue = true;
  requestAnimationFrame(() => {
    isListDue = false;
    drawList();
  });
}

function show(id) {
  const person = people.get(id);
  app.dataset.view = person ? 'chat' : 'list';
  byId('nobody').hidden = Boolean(person);
  byId('chat').hidden = !person;
  history.replaceState(null, '', person ? `#${encodeURIComponent(id)}` : ' ');
  if (person) {
    avatarInto(byId('chat-avatar'), person.customer);
    chat.show(person.customer, addressOf(person.customer));
  } else chat.hide();
  drawListSoon();
}

async function load() {
  const { customers, business } = await wire.overview();
  for (const person of customers) people.set(person.customer.id, person);
  byId('link').textContent = `of +${business}`;
  app.classList.remove('is-cut-off');
  drawListSoon();
  const wanted = chat.customerId() ?? decodeURIComponent(location.hash.slice(1));
  if (people.has(wanted)) show(wanted);
}

function take(change) {
  if (change.kind === 'customer') {
    const known = people.get(change.customer.id);
    people.set(change.customer.id, { lastMessage: null, ...known, customer: change.customer });
    chat.takeCustomer(change.customer);
  } else {
    const person = people.get(change.customerId);
    if (!person) return;
    if (change.kind === 'typing') person.isTyping = change.isTyping;
    else takeMessage(person, change.message);
    chat.take(change);
  }
  drawListSoon();
}

function takeMessage(person, message) {
  if (message.direction === 'fromBusiness') person.isTyping = false;
  const isNewer = (person.lastMessage?.at ?? 0) <= message.at;
  if (isNewer && message.status !== 'failed') person.lastMessage = message;
}

follow({
  onOpen: () => void load(),
  onLost() {
    byId('link').textContent = 'No connection to the simulator …';
    app.classList.add('is-cut-off');
  },
  onChange: take,
});

const dialog = byId('person-dialog');
const form = byId('person-form');
byId('add-person').addEventListener('click', () => {
  form.reset();
  byId('person-problem').textContent = '';
  dialog.showModal();
});
byId('person-cancel').addEventListener('click', () => dialog.close());
form.addEventListener('submit', (event) => {
  event.preventDefault();
  const data = new FormData(form);
  const phoneNumber = String(data.get('phoneNumber')).replace(/\D/g, '');
  const username = String(data.get('username')).trim().replace(/^@/, '');
  if (phoneNumber === '' && username === '') {
    byId('person-problem').textContent = 'A number or a username is needed.';
    return;
  }
  wire
    .addPerson({
      name: String(data.get('name')).trim(),
      ...(phoneNumber ? { phoneNumber } : {}),
      ...(username ? { username } : {}),
      answersAs: data.get('answers') ? 'en' : null,
    })
    .then((customer) => {
      dialog.close();
      people.set(customer.id, { lastMessage: null, ...people.get(customer.id), customer });
      show(customer.id);
    })
    .catch((error) => {
      byId('person-problem').textContent = error.message;
    });
});
