import { parseSearch } from '../../items/parse-search.js';
import { describeThing } from '../../../components/describe-thing.js';

export interface IdFault {
  readonly code: 'notUnderstood' | 'needsGtin' | 'badCheckDigit' | 'isClass';
  readonly text: string;
}

/** Items, lots and containers as they are pasted or scanned: between lines, spaces, commas or semicolons, each once. */
export function readIds(text: string): { readonly ids: readonly string[]; readonly faults: readonly IdFault[] } {
  const ids = new Set<string>();
  const faults: IdFault[] = [];
  for (const word of text.split(/[\s;]+|,(?=\s|$)/).filter((one) => one !== '')) {
    const found = parseSearch(word);
    if (found.kind === 'thing') {
      if (describeThing(found.id).kind === 'product') faults.push({ code: 'isClass', text: word });
      else ids.add(found.id);
    } else if (found.kind === 'badCheckDigit') faults.push({ code: 'badCheckDigit', text: word });
    else if (found.kind === 'serialOrLot' || found.kind === 'block') faults.push({ code: 'needsGtin', text: word });
    else faults.push({ code: 'notUnderstood', text: word });
  }
  return { ids: [...ids], faults };
}
