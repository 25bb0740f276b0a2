/** The texts of a language, by their English ones. */
export interface Catalogue {
  /** The app's own; see CONTRIBUTING, "Add a text". */
  readonly app: Readonly<Record<string, string>>;
  /** Those that the server says in English. */
  readonly server: Readonly<Record<string, string>>;
}

interface Translation {
  catalogue(): Promise<{ readonly default: Catalogue }>;
  /** Angular's rules for its plurals. */
  plurals(): Promise<{ readonly default: unknown }>;
}

export interface Language {
  readonly code: string;
  /** As those who speak it call it. */
  readonly name: string;
  readonly direction: 'ltr' | 'rtl';
  /** For times and numbers, where the browser names no region of the language. */
  readonly locale: string;
  /** Null for the language that the app is written in. */
  readonly translation: Translation | null;
}

export const english: Language = {
  code: 'en',
  name: 'English',
  direction: 'ltr',
  locale: 'en-GB',
  translation: null,
};

export const languages: readonly Language[] = [
  english,
  {
    code: 'de',
    name: 'Deutsch',
    direction: 'ltr',
    locale: 'de',
    translation: {
      catalogue: () => import('./de.json'),
      plurals: () => import('@angular/common/locales/de'),
    },
  },
  {
    code: 'es',
    name: 'Español',
    direction: 'ltr',
    locale: 'es',
    translation: {
      catalogue: () => import('./es.json'),
      plurals: () => import('@angular/common/locales/es'),
    },
  },
  {
    code: 'pt-BR',
    name: 'Português (Brasil)',
    direction: 'ltr',
    locale: 'pt-BR',
    translation: {
      catalogue: () => import('./pt-BR.json'),
      plurals: () => import('@angular/common/locales/pt'),
    },
  },
  {
    code: 'hi',
    name: 'हिन्दी',
    direction: 'ltr',
    locale: 'hi',
    translation: {
      catalogue: () => import('./hi.json'),
      plurals: () => import('@angular/common/locales/hi'),
    },
  },
  {
    code: 'ar',
    name: 'العربية',
    direction: 'rtl',
    locale: 'ar',
    translation: {
      catalogue: () => import('./ar.json'),
      plurals: () => import('@angular/common/locales/ar'),
    },
  },
];
