import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { resources } from './resources.js';

export const LANGUAGES = { en: 'English', zh: '简体中文' } as const;
export type Language = keyof typeof LANGUAGES;

const STORED_AS = 'lading-language';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app';
    resources: (typeof resources)['en'];
  }
}

/** The language of the last visit, else the browser's, else English. */
function preferredLanguage(): Language {
  const stored = localStorage.getItem(STORED_AS);
  if (stored === 'en' || stored === 'zh') return stored;
  return navigator.languages
    .find((language) => /^(en|zh)/i.test(language))
    ?.toLowerCase()
    .startsWith('zh') === true
    ? 'zh'
    : 'en';
}

export async function startI18n(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: preferredLanguage(),
    fallbackLng: false,
    defaultNS: 'app',
    resources,
    interpolation: { escapeValue: false },
    // Complete by type and by test (locales.spec.ts): a key without text is a fault of ours.
    saveMissing: true,
    missingKeyHandler: (_languages, namespace, key) => console.error(`no text for ${namespace}:${key}`),
  });
  applyLanguage(i18next.language as Language);
}

export async function changeLanguage(language: Language): Promise<void> {
  localStorage.setItem(STORED_AS, language);
  await i18next.changeLanguage(language);
  applyLanguage(language);
}

function applyLanguage(language: Language): void {
  document.documentElement.lang = language === 'zh' ? 'zh-Hans' : 'en';
}
