import type { Language } from '../language.js';
import { en } from './en.js';
import type { Words } from './words.types.js';
import { zh } from './zh.js';

export const WORDS: Readonly<Record<Language, Words>> = { en, zh };
export type { Words };
