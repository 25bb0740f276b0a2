import type { Person } from '../customer.ts';
import type { HistoryEntry } from '../history.ts';

/** A line of a chat before the demo began. `ago` such as `2d 3h` or `25m`. */
export interface Line extends Omit<HistoryEntry, 'at'> {
  readonly ago: string;
}

/** Somebody, what was said so far, and how many of the last messages nobody has seen yet. */
export interface Chat {
  readonly person: Person;
  readonly unread: number;
  readonly lines: readonly Line[];
}

function they(ago: string, text: string, more: Partial<Line> = {}): Line {
  return { from: 'customer', ago, text, ...more };
}

function we(ago: string, text: string, more: Partial<Line> = {}): Line {
  return { from: 'business', ago, text, ...more };
}

/** What is no text: a sample of its kind, unless it brings its content. */
function theySend(ago: string, type: string, content?: object): Line {
  return { from: 'customer', ago, type, ...(content ? { content } : {}) };
}

function theyReact(ago: string, about: number, emoji: string): Line {
  return { from: 'customer', ago, type: 'reaction', about, emoji };
}

// The customers of a small workshop for lamps and stools. Numbers come from ranges kept for fiction.
const amara: Chat = {
  person: { phoneNumber: '15555550142', name: 'Amara Okafor', answersAs: 'en' },
  unread: 2,
  lines: [
    they('3d 2h 10m', 'Hi! Is the brass reading lamp still available? 💡'),
    we('3d 2h 4m', 'Hello Amara, yes: two left, ready to ship.'),
    they('3d 2h 1m', 'Lovely, I take one. Same address as last time.'),
    we('3d 1h 55m', 'Done! Order 4471, $129.00. You get a message when it leaves.'),
    theyReact('3d 1h 54m', 3, '❤️'),
    we('1d 4h', 'Order 4471 is on its way. It should be with you tomorrow 📦'),
    they('52m', 'It is here and it is beautiful, but there is a scratch on the foot'),
    they('51m', 'This is the scratch I mean', { type: 'image' }),
  ],
};

const tom: Chat = {
  person: { phoneNumber: '447700900123', name: 'Tom Aldridge', answersAs: 'en' },
  unread: 0,
  lines: [
    they('2d 5h', 'Morning! Do you do gift wrapping?'),
    we('2d 4h 52m', 'Good morning Tom, we do. Paper and ribbon are on the house 🎁'),
    theySend('2d 4h 40m', 'order', {
      catalog_id: '611200348875123',
      text: 'Could you gift-wrap these?',
      product_items: [
        {
          product_retailer_id: 'stool-ash-45',
          quantity: 2,
          item_price: 79.5,
          currency: 'GBP',
        },
        { product_retailer_id: 'wax-tin-small', quantity: 1, item_price: 12, currency: 'GBP' },
      ],
    }),
    we('2d 4h 31m', 'With pleasure. £171.00 in all, wrapped by Thursday.'),
    they('2d 4h 30m', 'Brilliant, thank you'),
    theySend('5h 12m', 'location', {
      latitude: 51.5362,
      longitude: -0.1033,
      name: 'Regent Yard',
      address: '8 Regent Yard, London N1',
    }),
    they('5h 11m', 'That is the new office, could you deliver there instead?', { about: 3 }),
    we('4h 58m', 'No problem, changed. The driver rings ten minutes before.'),
    theyReact('4h 57m', 7, '👍'),
  ],
};

const lea: Chat = {
  person: { phoneNumber: '33639981234', name: 'Léa Fontaine', answersAs: 'fr' },
  unread: 0,
  lines: [
    they('1d 20h', 'Bonjour, avez-vous reçu mon bon de commande ?'),
    theySend('1d 19h 58m', 'document', {
      filename: 'bon-de-commande-2026-118.pdf',
      mime_type: 'application/pdf',
      sha256: 'Yb8m4Yq0Yl8b0G1zqk5Jm5rZ2mYB6wq2Ck0Rr0m3rXo=',
      id: '10905927382941',
    }),
    we('1d 19h 30m', 'Bonjour Léa, bien reçu, merci ! Douze tabourets, livraison semaine 49.'),
    theySend('22h 5m', 'interactive', {
      type: 'list_reply',
      list_reply: {
        id: 'slot-tue-am',
        title: 'Mardi matin',
        description: 'Entre 8 h et 12 h',
      },
    }),
    we('21h 50m', 'C’est noté pour mardi matin 🗓️'),
    they('21h 48m', 'Parfait, à mardi !'),
  ],
};

const kiri: Chat = {
  // Known by username alone: no webhook of hers carries a number.
  person: {
    userId: 'AU.88310274650091827364',
    username: 'kiri.w',
    name: 'Kiri Walker',
    answersAs: 'en',
  },
  unread: 0,
  lines: [
    they('7h 3m', 'G’day, do you ship to Perth?'),
    we('6h 40m', 'We do! About eight days, A$ 24 for the first lamp.'),
    they('6h 38m', 'Too easy. I will measure the hallway first 📏'),
  ],
};

const yusuf: Chat = {
  person: { phoneNumber: '447700900461', name: 'يوسف الأمين', answersAs: 'ar' },
  unread: 1,
  lines: [
    they('1d 3h', 'السلام عليكم، هل المصباح النحاسي متوفر؟'),
    we('1d 2h 50m', 'وعليكم السلام، نعم متوفر. السعر 129 دولاراً مع التوصيل.'),
    they('1d 2h 47m', 'ممتاز 👍 أريد اثنين من فضلكم'),
    we('1d 2h 20m', 'تم تسجيل الطلب رقم 4479، شكراً لكم!'),
    they('34m', 'هل يمكن تغيير اللون إلى الأسود؟ (Order 4479)'),
  ],
};

const beatriz: Chat = {
  person: { phoneNumber: '447700900318', name: 'Beatriz Campos', answersAs: 'pt' },
  unread: 0,
  lines: [
    theySend('11h', 'audio'),
    we('10h 51m', 'Oi Beatriz! Sim, fazemos sob medida. Qual o tamanho da mesa?'),
    they('10h 45m', '1,80 m × 90 cm 🙂'),
    we('10h 30m', 'Então a pendente de 60 cm fica ótima. Posso enviar uma foto amanhã.'),
    they('10h 29m', '🎉🎉🎉'),
  ],
};

const noor: Chat = {
  // More than a day ago: the window is closed, only a template could be sent.
  person: {
    phoneNumber: '61491570110',
    name: 'Noor Rahman',
    answersAs: 'en',
    sendsReadReceipts: false,
  },
  unread: 0,
  lines: [
    they('5d 1h', 'Hello, my lamp flickers since yesterday. Is that the bulb?'),
    we('5d', 'Hello Noor, most likely yes. Any G9 bulb up to 40 W fits.'),
    they('4d 23h', 'Will try, thanks'),
    we('4d 22h', 'Let us know how it went!', { status: 'delivered' }),
  ],
};

const eleni: Chat = {
  person: { phoneNumber: '447700900655', name: 'Ελένη Παπαδάκη', answersAs: 'el' },
  unread: 0,
  lines: [
    they('2d 9h', 'Καλησπέρα, στέλνετε και στην Ελλάδα;'),
    we('2d 8h 30m', 'Καλησπέρα Ελένη, ναι! Τα μεταφορικά είναι 18 €.'),
    they('2d 8h 20m', 'Ευχαριστώ πολύ, θα το σκεφτώ'),
    they('9h', 'Θα ήθελα δύο μαύρα σκαμπό, παρακαλώ 🙏'),
    we('8h 40m', 'Τέλεια! Αριθμός παραγγελίας 4482.'),
  ],
};

const marcus: Chat = {
  person: { phoneNumber: '15555550119', name: 'Marcus Bell', answersAs: 'en' },
  unread: 3,
  lines: [
    they('18h', 'Hey, quick question about the standing desk'),
    we('17h 40m', 'Sure, ask away!'),
    they('12m', 'Is the top oak or just veneer?'),
    theySend('11m', 'unsupported', { type: 'poll_creation' }),
    they('9m', 'Anyway: I would need it by the 12th. Doable? 🤞'),
  ],
};

const hanna: Chat = {
  person: { phoneNumber: '15555550167', name: 'Hanna Vogel', answersAs: 'de' },
  unread: 0,
  lines: [
    they('1d 22h', 'Hallo, ich hätte gern eine Rechnung mit Umsatzsteuer-ID.'),
    we('1d 21h', 'Hallo Frau Vogel, gern. Welche Anschrift soll darauf stehen?'),
    theySend('1d 20h 30m', 'contacts', [
      {
        name: { formatted_name: 'Vogel Architekten', first_name: 'Vogel Architekten' },
        org: { company: 'Vogel Architekten GmbH' },
        phones: [{ phone: '+1 555 555 0168', type: 'WORK' }],
      },
    ]),
    we('1d 20h', 'Danke! Die Rechnung ist unterwegs.'),
    theyReact('1d 19h 59m', 3, '🙏'),
  ],
};

export const workshop: readonly Chat[] = [
  ...[noor, eleni, lea, hanna, kiri],
  ...[beatriz, tom, yusuf, amara, marcus],
];

const unitMs: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000 };

/** `2d 3h` in milliseconds. */
export function durationMs(text: string): number {
  return text
    .split(' ')
    .map((part) => Number.parseInt(part, 10) * (unitMs[part.slice(-1)] ?? Number.NaN))
    .reduce((sum, each) => sum + each, 0);
}
