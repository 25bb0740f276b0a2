import { textOf } from './chat-message.ts';
import type { ChatMessage } from './chat-message.ts';
import type { Customer } from './customer.ts';
import type { Timing } from './options.ts';
import type { Scheduler } from './scheduler.ts';
import type { World } from './world.ts';

/** How somebody answers: the first rule that matches, else the lines in turn. */
export interface Manner {
  readonly rules: readonly (readonly [pattern: RegExp, answer: string])[];
  readonly lines: readonly [string, ...string[]];
}

export const manners: Readonly<Record<string, Manner>> = {
  en: {
    rules: [
      [/\b(left|shipped|on its way|on their way|arrived?|ready)\b/i, 'Oh nice, that was quick! 🙌'],
      [/\b(hi|hello|hey|good (morning|afternoon|evening))\b/i, 'Hi! 👋 Good to hear from you.'],
      [/\b(thanks|thank you|cheers)\b/i, 'Thank you! 🙏'],
      [/\b(bye|goodbye|good night)\b/i, 'Bye, and thanks again!'],
      [/\b(address|where)\b/i, '14 Mill Lane, second door on the left. Same as last time.'],
      [/\b(when|time|tomorrow|today|tuesday)\b.*\?/i, 'Any time after 3 pm works for me.'],
      [/\b(sorry|apolog)/i, 'No worries at all, these things happen.'],
      [/\b(price|cost|invoice|refund)\b|[£$€]/i, 'That sounds fair. Where do I pay?'],
      [/\?/, 'Yes please, that would be great.'],
    ],
    lines: [
      'Perfect 👍',
      'Great, I will have a look tonight.',
      'OK, let me check and come back to you.',
      'Sounds good to me.',
    ],
  },
  fr: {
    rules: [
      [/\b(bonjour|salut|hello|hi)\b/i, 'Bonjour ! 😊'],
      [/\b(merci|thanks)\b/i, 'Avec plaisir, merci à vous !'],
      [/\?/, 'Oui, très volontiers.'],
    ],
    lines: ['Parfait, merci !', 'D’accord, c’est noté 📝', 'Super, à très bientôt.'],
  },
  ar: {
    rules: [
      [/(مرحبا|السلام|hello|hi)/i, 'أهلاً وسهلاً 🌷'],
      [/[?؟]/, 'نعم، من فضلكم.'],
    ],
    lines: ['شكراً جزيلاً!', 'تمام، سأنتظر الرسالة.', 'ممتاز 👌 شكراً على السرعة.'],
  },
  de: {
    rules: [
      [/\b(hallo|guten|hi)\b/i, 'Hallo! 🙂'],
      [/\?/, 'Ja, gerne.'],
    ],
    lines: ['Super, danke!', 'Alles klar, bis dann.', 'Passt für mich 👍'],
  },
  pt: {
    rules: [
      [/\b(ol[áa]|bom dia|hi|hello)\b/i, 'Oi! Tudo bem? 😄'],
      [/\?/, 'Sim, por favor!'],
    ],
    lines: ['Ótimo, obrigada!', 'Combinado 🤝', 'Perfeito, fico no aguardo.'],
  },
  el: {
    rules: [
      [/(γεια|καλημέρα|καλησπέρα|hello|hi)/i, 'Γεια σας! 😊'],
      [/[?;]/, 'Ναι, ευχαριστώ.'],
    ],
    lines: ['Ευχαριστώ πολύ!', 'Ωραία, περιμένω νέα σας.', 'Τέλεια 👍'],
  },
};

export interface Replies {
  /** Answers after a while, if this customer does and nothing newer has made it needless. */
  consider(customer: Customer, message: ChatMessage): void;
}

export interface RepliesOptions {
  readonly world: World;
  readonly scheduler: Scheduler;
  readonly timing: Timing;
  readonly clock: { now(): number };
  readonly write: (customerId: string, text: string) => void;
}

const freshMs = 60 * 60 * 1_000;

export function createReplies({ world, scheduler, timing, clock, write }: RepliesOptions): Replies {
  const callOff = new Map<string, () => void>();
  const turns = new Map<string, number>();

  function answer(customerId: string, manner: Manner) {
    const customer = world.customer(customerId);
    const last = world.chat(customerId).at(-1);
    if (!customer?.isOnline || last?.direction !== 'fromBusiness') return;
    const rule = manner.rules.find(([pattern]) => pattern.test(textOf(last)));
    write(customerId, rule ? rule[1] : nextLine(customerId, manner));
  }

  function nextLine(customerId: string, { lines }: Manner): string {
    const turn = turns.get(customerId) ?? 0;
    turns.set(customerId, turn + 1);
    return lines[turn % lines.length] ?? lines[0];
  }

  return {
    consider(customer, message) {
      const manner = manners[customer.answersAs ?? ''];
      if (!manner || message.type === 'reaction') return;
      // What was read long after, such as after a restart, is not worth an answer.
      if (clock.now() - message.at > freshMs) return;
      // Several messages in a row get one answer, after the last.
      callOff.get(customer.id)?.();
      const cancel = scheduler.between(timing.answeringMs, () => {
        callOff.delete(customer.id);
        answer(customer.id, manner);
      });
      callOff.set(customer.id, cancel);
    },
  };
}
