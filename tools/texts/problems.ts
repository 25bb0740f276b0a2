/** What is wrong with the translation of a text; empty when nothing. */
export function problemsOf(english: string, text: string, language: string): readonly string[] {
  if (text.trim() === '') return ['is not translated'];
  const lost = placesOf(english).filter((place) => !placesOf(text).includes(place));
  const made = placesOf(text).filter((place) => !placesOf(english).includes(place));
  return [
    ...lost.map((place) => `has lost ${place}`),
    ...made.map((place) => `has ${place}, which the text does not have`),
    ...missingPlurals(english, text, language).map((form) => `lacks the plural "${form}"`),
    ...(text === text.trim() ? [] : ['begins or ends with a space']),
  ];
}

/** What keeps a text from being a key in the files of the languages. */
export function problemsOfText(english: string): readonly string[] {
  return [
    ...(/\n| {2}/u.test(english) ? ['is broken over lines: give it an element of its own'] : []),
    ...(/^[^|]*\|[^|]*\|/u.test(english) ? ['has a | in it'] : []),
  ];
}

function placesOf(text: string): readonly string[] {
  const places = text.match(/\{\$\w+\}|\{(INTERPOLATION|START_|CLOSE_)\w*\}|\{VAR_\w+/gu);
  return [...new Set(places)];
}

/** Forms that counts of things take in a language; those of millions and of fractions fall to `other`. */
function missingPlurals(english: string, text: string, language: string): readonly string[] {
  if (!english.includes(', plural,')) return [];
  const rules = new Intl.PluralRules(language);
  const needed = new Set(Array.from({ length: 1000 }, (_, count) => rules.select(count)));
  if (/=1 *\{/u.test(text) && rules.select(21) !== 'one') needed.delete('one');
  needed.add('other');
  return [...needed].filter((form) => !new RegExp(`\\b${form} *\\{`, 'u').test(text));
}
