/** Why a line of an offer was not accepted. The words stand in the signed reason, whatever language the screen speaks. */
export const DISCREPANCIES = ['missing', 'damaged', 'wrong', 'expired', 'documents', 'other'] as const;
export type Discrepancy = (typeof DISCREPANCIES)[number];

export interface AnswerReason {
  /** By line of the offer, from 1. */
  readonly lines: ReadonlyMap<number, Discrepancy>;
  readonly note: string;
}

/** Characters of a reason that the ledger takes. */
export const REASON_CHARS_MAX = 500;

const NOTE_MARK = ' | ';

/**
 * The reason of an answer as one text: `damaged: 2-4, 7; missing: 9 | The case was open.` Lines are numbered as the offer names its
 * items, so that a thousand of them fit.
 * @returns undefined when there is nothing to say
 */
export function writeReason({ lines, note }: AnswerReason): string | undefined {
  const parts = DISCREPANCIES.flatMap((code) => {
    const numbers = [...lines].flatMap(([line, reason]) => (reason === code ? [line] : []));
    return numbers.length === 0 ? [] : [`${code}: ${writeRanges(numbers)}`];
  });
  const text = [...(parts.length > 0 ? [parts.join('; ')] : []), ...(note.trim() === '' ? [] : [note.trim()])];
  return text.length === 0 ? undefined : text.join(NOTE_MARK);
}

/** Reads what `writeReason` wrote. Anything else, from another program, is a note. */
export function readReason(text: string | null): AnswerReason {
  if (text === null) return { lines: new Map(), note: '' };
  const mark = text.indexOf(NOTE_MARK);
  const lines = readLines(mark < 0 ? text : text.slice(0, mark));
  if (lines === undefined) return { lines: new Map(), note: text };
  return { lines, note: mark < 0 ? '' : text.slice(mark + NOTE_MARK.length) };
}

function writeRanges(numbers: readonly number[]): string {
  const ranges: [first: number, last: number][] = [];
  for (const number of numbers.toSorted((a, b) => a - b)) {
    const range = ranges.at(-1);
    if (range !== undefined && range[1] === number - 1) range[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`)).join(', ');
}

function readLines(text: string): Map<number, Discrepancy> | undefined {
  const lines = new Map<number, Discrepancy>();
  for (const part of text.split('; ')) {
    const [, word = '', ranges = ''] = /^([a-z]+): (\d{1,4}(?:-\d{1,4})?(?:, \d{1,4}(?:-\d{1,4})?)*)$/.exec(part) ?? [];
    const code = DISCREPANCIES.find((one) => one === word);
    if (code === undefined) return undefined;
    for (const range of ranges.split(', ')) {
      const [first = 0, last = first] = range.split('-').map(Number);
      for (let line = first; line <= last; line += 1) lines.set(line, code);
    }
  }
  return lines;
}
