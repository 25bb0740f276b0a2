import { serverText, translatorOf } from './server-text';

const translate = translatorOf({
  'Send it as text.': 'Als Text senden.',
  'Order of {$count} items': 'Bestellung über {$count} Artikel',
  '{$saidAdvice} Details: {$details}': '{$saidAdvice} Einzelheiten: {$details}',
  'Set {$name} (or not).': '{$name} setzen (oder nicht).',
});

describe('translatorOf', () => {
  it('says what the server says in another language', () => {
    expect(translate('Send it as text.')).toBe('Als Text senden.');
  });

  it('puts what changes into its place', () => {
    expect(translate('Order of Send it as text. items')).toBe(
      'Bestellung über Send it as text. Artikel',
    );
    expect(translate('Order of 3 items')).toBe('Bestellung über 3 Artikel');
    expect(translate('Set A.B (or not).')).toBe('A.B setzen (oder nicht).');
  });

  it('translates a part that is a text of its own', () => {
    expect(translate('Send it as text. Details: (#131051)\nNo')).toBe(
      'Als Text senden. Einzelheiten: (#131051)\nNo',
    );
  });

  it('translates a title and its advice, each by itself', () => {
    const english = ['The access token is expired or invalid', 'Set it anew. Then go on.'] as const;
    const german = ['Das Zugriffstoken ist ungültig', 'Neu setzen. Dann weiter.'] as const;
    const both = translatorOf({
      [english[0]]: german[0],
      [english[1]]: german[1],
      '{$saidTitle}. {$saidAdvice}': '{$saidTitle}. {$saidAdvice}',
      'Paused: {$saidReason}': 'Angehalten: {$saidReason}',
    });
    expect(both(english.join('. '))).toBe(german.join('. '));
    expect(both(`Paused: ${english.join('. ')}`)).toBe(`Angehalten: ${german.join('. ')}`);
    expect(both('Something new. And more.')).toBe('Something new. And more.');
  });

  it('leaves what it does not know, and what only looks alike', () => {
    expect(translate('Something new')).toBe('Something new');
    expect(translate('Order of  items')).toBe('Order of  items');
    expect(translate('Reorder of 3 items')).toBe('Reorder of 3 items');
    expect(translate('constructor')).toBe('constructor');
  });

  it('takes a text that looks like a place in a replacement as it is', () => {
    expect(translate('Order of $& items')).toBe('Bestellung über $& Artikel');
  });
});

describe('serverText', () => {
  it('is English where the app is', () => {
    expect(serverText('Send it as text.')).toBe('Send it as text.');
  });
});
