import { isAbsoluteUri } from '../identifiers/absolute-uri.js';

/** A bare word of the Core Business Vocabulary, for instance `creating_class_instance`. */
const BARE_WORD = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;
/** CBV terms spelled as URIs; in EPCIS 2.0 JSON they are written as bare words (JSON Schema 2.0.1, vocab-other-uri). */
const CBV_URI = /^(?:urn:epcglobal:cbv|https?:\/\/ns\.gs1\.org\/cbv\/)/;

/**
 * Whether `text` can stand for a business step, disposition, reason or type. The ledger does not hold a list of the CBV's
 * words: a new edition of the vocabulary must not need a change of the rules. The API checks words before it signs.
 */
export function isVocabularyTerm(text: string): boolean {
  return BARE_WORD.test(text) || (isAbsoluteUri(text) && !CBV_URI.test(text));
}

export const VOCABULARY_RULE = 'a bare CBV word or a URI outside the CBV';
