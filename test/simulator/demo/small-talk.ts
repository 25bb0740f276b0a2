import type { Dice } from './dice.ts';
import type { Language } from './names.ts';

/** What customers and a workshop for lamps and furniture write to each other. */
interface Phrases {
  readonly opening: readonly [string, ...string[]];
  readonly question: readonly [string, ...string[]];
  readonly answer: readonly [string, ...string[]];
  readonly remark: readonly [string, ...string[]];
  readonly closing: readonly [string, ...string[]];
  readonly item: readonly [string, ...string[]];
  readonly day: readonly [string, ...string[]];
}

const phrases: Readonly<Record<Language, Phrases>> = {
  en: {
    opening: [
      'Hi!',
      'Hello there 👋',
      'Good morning,',
      'Hey, quick one:',
      'Afternoon!',
      'Hi, me again 😅',
    ],
    question: [
      'is the {item} still available?',
      'do you have the {item} in black as well?',
      'when will order {order} arrive?',
      'could you deliver on {day} after {time}?',
      'how much is the {item} with delivery?',
      'can I change the address of order {order}?',
      'what is the height of the {item}? Our ceiling is only {cm} cm.',
      'is {money} the price with or without VAT?',
      'could somebody ring me about order {order}? The courier says they were here at {time} but nobody rang the bell, and the card they left has another name on it.',
    ],
    answer: [
      'Yes, we have {count} left.',
      'It leaves the workshop on {day}.',
      'Order {order} is with the courier, they come between {time} and seven.',
      'That would be {money} including delivery.',
      'The {item} is {cm} cm high.',
      'Of course, changed. You get a new confirmation in a minute.',
      'Let me ask the workshop and come back to you today.',
      'I am sorry about that! We send a replacement of the {item} on {day}, you can keep the old one.',
      '*Order {order}* is ready. You find the invoice in your mail; it is _due within 14 days_.',
    ],
    remark: [
      'The {item} looks even better than in the pictures',
      'no rush 🙂',
      'My neighbour wants one too',
      'It was {day}, around {time}',
      'I paid {money} already',
      'This is the link I mean: https://shop.example.com/lamps/{order}?ref=chat',
      'ok',
      '👍',
      '😂😂',
      '🙏',
      'Sorry, wrong chat',
    ],
    closing: [
      'Thank you!',
      'Perfect, see you on {day}.',
      'Great, thanks a lot 🙏',
      'Cheers',
      'All good then 👍',
      'Brilliant, you are the best',
    ],
    item: [
      'brass reading lamp',
      'ash stool',
      'oak standing desk',
      'paper pendant',
      'walnut shelf',
      'cork bath mat',
      'linen shade',
    ],
    day: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
  },
  es: {
    opening: ['¡Hola!', 'Buenos días,', 'Buenas 👋', 'Hola, otra vez yo:'],
    question: [
      '¿sigue disponible {item}?',
      '¿cuándo llega el pedido {order}?',
      '¿cuánto cuesta {item} con envío?',
      '¿pueden entregarlo el {day} después de las {time}?',
    ],
    answer: [
      'Sí, nos quedan {count}.',
      'Sale del taller el {day}.',
      'Son {money} con el envío incluido.',
      'Claro que sí, queda cambiado.',
    ],
    remark: ['sin prisa 🙂', 'Ya pagué {money}', 'vale', '👍', 'Es para mi madre', '🙏🙏'],
    closing: ['¡Muchas gracias!', 'Perfecto, hasta el {day}.', 'Genial, gracias 🙏'],
    item: ['la lámpara de latón', 'el taburete de fresno', 'el escritorio de roble', 'la repisa'],
    day: ['lunes', 'martes', 'miércoles', 'jueves', 'viernes'],
  },
  pt: {
    opening: ['Oi!', 'Bom dia,', 'Olá, tudo bem?', 'Boa tarde 👋'],
    question: [
      'ainda tem {item}?',
      'quando chega o pedido {order}?',
      'quanto fica {item} com o frete?',
      'dá para entregar na {day} depois das {time}?',
    ],
    answer: [
      'Tem sim, restam {count}.',
      'Sai da oficina na {day}.',
      'Fica {money} com o frete.',
      'Claro, já alteramos.',
    ],
    remark: ['sem pressa 😊', 'Já fiz o pix de {money}', 'blz', '👏👏', 'É presente', 'kkkkk'],
    closing: ['Muito obrigada!', 'Combinado, até {day}.', 'Ótimo, valeu 🙏'],
    item: ['a luminária de latão', 'o banquinho de freixo', 'a mesa de carvalho', 'a prateleira'],
    day: ['segunda', 'terça', 'quarta', 'quinta', 'sexta'],
  },
  de: {
    opening: ['Hallo!', 'Guten Morgen,', 'Moin 👋', 'Grüß Gott,'],
    question: [
      'ist {item} noch zu haben?',
      'wann kommt die Bestellung {order}?',
      'was kostet {item} mit Versand?',
      'ginge eine Lieferung am {day} nach {time} Uhr?',
      'wie lautet die Auftragsbestätigungsnummer zur Bestellung {order}?',
    ],
    answer: [
      'Ja, {count} sind noch da.',
      'Geht am {day} aus der Werkstatt.',
      'Das macht {money} mit Versand.',
      'Gern, ist geändert.',
    ],
    remark: ['eilt nicht 🙂', 'Überwiesen habe ich {money}', 'ok', '👌', 'Ist für das Büro', '😄'],
    closing: ['Vielen Dank!', 'Super, bis {day}.', 'Bestens, danke 🙏'],
    item: ['die Messingleuchte', 'der Eschenhocker', 'der Eichenschreibtisch', 'das Nussbaumregal'],
    day: ['Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag'],
  },
  fr: {
    opening: ['Bonjour !', 'Bonsoir,', 'Salut 👋', 'Re-bonjour,'],
    question: [
      'est-ce que {item} est toujours disponible ?',
      'quand arrive la commande {order} ?',
      'combien coûte {item} avec la livraison ?',
      'peut-on être livrés {day} après {time} ?',
    ],
    answer: [
      'Oui, il en reste {count}.',
      'Ça part de l’atelier {day}.',
      'Cela fait {money}, livraison comprise.',
      'Bien sûr, c’est modifié.',
    ],
    remark: ['pas de souci 🙂', 'J’ai déjà réglé {money}', 'ok', '👍', 'C’est un cadeau', '😍'],
    closing: ['Merci beaucoup !', 'Parfait, à {day}.', 'Super, merci 🙏'],
    item: [
      'la lampe en laiton',
      'le tabouret en frêne',
      'le bureau en chêne',
      'l’étagère en noyer',
    ],
    day: ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi'],
  },
  ar: {
    opening: ['مرحبا!', 'السلام عليكم،', 'صباح الخير،', 'مساء الخير 🌷'],
    question: [
      'هل {item} متوفر؟',
      'متى يصل الطلب {order}؟',
      'كم سعر {item} مع التوصيل؟',
      'هل يمكن التوصيل يوم {day} بعد الساعة {time}؟',
    ],
    answer: [
      'نعم، بقي {count} فقط.',
      'يخرج من الورشة يوم {day}.',
      'السعر {money} مع التوصيل.',
      'بالتأكيد، تم التعديل.',
    ],
    remark: ['على مهلكم 🙂', 'دفعت {money} أمس', 'تمام', '👍', 'رقم الطلب {order} (Order {order})'],
    closing: ['شكراً جزيلاً!', 'ممتاز، إلى يوم {day}.', 'جزاكم الله خيراً 🙏'],
    item: ['المصباح النحاسي', 'الكرسي الخشبي', 'مكتب البلوط', 'رف الجوز'],
    day: ['الأحد', 'الاثنين', 'الثلاثاء', 'الأربعاء', 'الخميس'],
  },
  hi: {
    opening: ['नमस्ते!', 'सुप्रभात,', 'हेलो 👋', 'नमस्कार जी,'],
    question: [
      'क्या {item} अभी उपलब्ध है?',
      'ऑर्डर {order} कब आएगा?',
      'डिलीवरी के साथ {item} की कीमत क्या है?',
      'क्या {day} को {time} के बाद डिलीवरी हो सकती है?',
    ],
    answer: [
      'जी हाँ, {count} बचे हैं।',
      '{day} को वर्कशॉप से निकलेगा।',
      'डिलीवरी के साथ कुल {money}।',
      'जी बिल्कुल, बदल दिया है।',
    ],
    remark: ['कोई जल्दी नहीं 🙂', 'मैंने {money} भेज दिए हैं', 'ठीक है', '👍', '🙏🙏', 'बहुत सुंदर है'],
    closing: ['बहुत धन्यवाद!', 'बढ़िया, {day} को मिलते हैं।', 'शुक्रिया 🙏'],
    item: ['पीतल का लैंप', 'लकड़ी का स्टूल', 'ओक की मेज़', 'अखरोट की शेल्फ'],
    day: ['सोमवार', 'मंगलवार', 'बुधवार', 'गुरुवार', 'शुक्रवार'],
  },
};

const currencies: readonly [string, ...string[]] = ['$', '£', '€'];

export type Turn = 'opening' | 'question' | 'answer' | 'remark' | 'closing';

/** One message of a conversation about orders, its gaps filled. */
export function sentence(dice: Dice, language: Language, turn: Turn): string {
  const own = phrases[language];
  if (turn !== 'opening') return filled(dice, own, dice.pick(own[turn]));
  return filled(dice, own, `${dice.pick(own.opening)} ${dice.pick(own.question)}`);
}

function filled(dice: Dice, own: Phrases, text: string): string {
  return text.replaceAll(/\{(\w+)\}/g, (gap, name: string) => {
    if (name === 'item') return dice.pick(own.item);
    if (name === 'day') return dice.pick(own.day);
    return numberFor(dice, name) ?? gap;
  });
}

function numberFor(dice: Dice, gap: string): string | null {
  switch (gap) {
    case 'order':
      return String(dice.between(3_000, 9_999));
    case 'time':
      return String(dice.between(9, 17));
    case 'count':
      return String(dice.between(2, 14));
    case 'cm':
      return String(dice.between(38, 240));
    case 'money':
      return `${dice.pick(currencies)}${dice.between(19, 480)}.${dice.pick(['00', '50', '90'])}`;
    default:
      return null;
  }
}
