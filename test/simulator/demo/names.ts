import type { Dice } from './dice.ts';

/** The languages that the crowd writes in; those of them that have a manner answer by themselves. */
export const languages = ['en', 'es', 'pt', 'de', 'fr', 'ar', 'hi'] as const;
export type Language = (typeof languages)[number];

interface People {
  /** What they write in. */
  readonly language: Language;
  readonly given: string;
  readonly family: string;
}

// One string a list, so that whoever reads it can take in the whole.
const peoples: readonly [People, ...People[]] = [
  {
    language: 'en',
    given:
      'Olivia,Jack,Amelia,Harry,Grace,Callum,Freya,Owen,Imogen,Rhys,Niamh,Declan,Zoe,Ethan,Maya,Caleb,Harper,Logan',
    family:
      "Ashworth,Brennan,Carlisle,Doyle,Ellison,Fairweather,Griffiths,Hollis,Ingram,Jarvis,Kershaw,Lockwood,MacLeod,Norwood,O'Sullivan,Prescott",
  },
  {
    language: 'en',
    given:
      'Adaeze,Chinedu,Folake,Ifeanyi,Ngozi,Tunde,Wanjiru,Kipchoge,Thandiwe,Sipho,Abena,Kwabena',
    family: 'Adeyemi,Balogun,Chukwu,Eze,Mensah,Mwangi,Nkosi,Odhiambo,Okonkwo,Oyelaran,Quartey,Zulu',
  },
  {
    language: 'es',
    given: 'Lucía,Mateo,Valentina,Sebastián,Ximena,Joaquín,Renata,Íñigo,Paloma,Andrés,Noelia,Tomás',
    family:
      'Aguirre,Benítez,Cárdenas,Domínguez,Echeverría,Fuentes,Gallardo,Hinojosa,Ibáñez,Quiroga,Núñez,Zamora',
  },
  {
    language: 'pt',
    given: 'Beatriz,Caio,Débora,Elaine,Fábio,Heloísa,Ícaro,João,Letícia,Murilo,Thaís,Yara',
    family:
      'Albuquerque,Brandão,Cavalcanti,Drummond,Figueiredo,Gonçalves,Magalhães,Nogueira,Peçanha,Queirós,Simões,Vasconcelos',
  },
  {
    language: 'de',
    given: 'Jürgen,Käthe,Björn,Annegret,Jörg,Ute,Leonie,Emil,Frieda,Anton,Mathilda,Oskar',
    family:
      'Außerhofer,Bäumler,Dörfler,Eichhorn,Fröhlich,Großmann,Hüttl,Jäger,Klöckner,Münch,Schäuble,Weiß',
  },
  {
    language: 'fr',
    given: 'Aurélie,Benoît,Chloé,Édouard,Gaëlle,Hélène,Jérôme,Loïc,Maëlys,Océane,Rémi,Zoé',
    family:
      'Beauchamp,Châtelain,Delacroix,Étienne,Fournier,Guérin,Lefèvre,Marchand,Noël,Perrault,Rousseau,Vasseur',
  },
  {
    language: 'ar',
    given: 'أحمد,فاطمة,خالد,ليلى,عمر,مريم,سارة,حسن,نور,طارق,هند,ياسمين',
    family: 'الخطيب,النجار,المصري,الحداد,السعيد,الشريف,العبدالله,الزهراني,الكردي,الصباغ',
  },
  {
    language: 'hi',
    given: 'आरव,अनन्या,दीपक,काव्या,मोहन,नेहा,प्रिया,राहुल,संध्या,विक्रम,ज़ोया,ऋषि',
    family: 'शर्मा,वर्मा,गुप्ता,अग्रवाल,चौधरी,मिश्रा,त्रिपाठी,कुलकर्णी,श्रीवास्तव,भट्टाचार्य',
  },
  {
    language: 'en',
    given: '美咲,健太,さくら,陽菜,大輔,結衣,翔太,彩花',
    family: '佐藤,鈴木,高橋,田中,渡辺,伊藤,小林,長谷川',
  },
  {
    language: 'en',
    given: 'Олена,Андрій,Катерина,Юрій,Соломія,Тарас,Ірина,Богдан',
    family: 'Шевченко,Коваль,Бондаренко,Мельник,Ткаченко,Кравчук,Лисенко,Гриценко',
  },
  {
    language: 'en',
    given: 'Şebnem,Çağlar,Ayşe,Ömer,İpek,Gökhan,Zeynep,Barış',
    family: 'Yılmaz,Özdemir,Çelik,Şahin,Aydın,Kılıç,Güneş,Toprak',
  },
];

const firms: readonly [string, ...string[]] = [
  'Harbour Street Dental Practice',
  'Café Mirabelle ☕',
  'The Very Long Company Name That Somebody Typed Into Their Profile, Ltd. (Accounts Payable)',
  'Grüne Gasse Gärtnerei GmbH & Co. KG – Filiale am Alten Botanischen Garten',
  'Taller Hermanos Quiroga',
  'مكتبة النور للكتب والقرطاسية',
  'श्री गणेश इलेक्ट्रॉनिक्स',
  '株式会社さくら照明',
  'Donaudampfschifffahrtsgesellschaftskapitänsvereinigung',
];

const nicknames: readonly [string, ...string[]] = [
  '🌸 Sakura 🌸',
  '🦊',
  'Mum ❤️❤️❤️',
  'dj_kosmo 🎧',
  '👨‍👩‍👧‍👦 Team Ellison',
  'Big Al 🏋🏽‍♂️',
  '.',
  '✨ lulu ✨',
  'ЮЛЯ 💅',
  '🇧🇷 Zé',
];

export interface Named {
  readonly name: string;
  readonly language: Language;
}

/** Most people call themselves by their name, a few by something else, and some by nothing. */
export function nameFrom(dice: Dice): Named {
  const { family, given, language } = dice.pick(peoples);
  const first = pickFrom(dice, given);
  const last = pickFrom(dice, family);
  const kind = dice.roll();
  if (kind < 0.02) return { name: '', language: 'en' };
  if (kind < 0.04) return { name: dice.pick(nicknames), language: 'en' };
  if (kind < 0.06) return { name: dice.pick(firms), language: 'en' };
  if (kind < 0.14) return { name: first, language };
  if (kind < 0.2) return { name: `${first} ${pickFrom(dice, given)} ${last}`, language };
  if (kind < 0.23)
    return { name: `${first} ${last} ${dice.pick(['🙂', '🌿', '🐝', '⚽'])}`, language };
  return { name: `${first} ${last}`, language };
}

function pickFrom(dice: Dice, list: string): string {
  const [first = '', ...others] = list.split(',');
  return dice.pick([first, ...others]);
}
