import { isSerialOrLot } from '#trace';

/** As many as one act may name. */
export const SERIALS_MAX = 1_000;

export interface SerialList {
  readonly serials: readonly string[];
  /** The first that is none; undefined when all are right. */
  readonly wrong: string | undefined;
}

/**
 * Serial numbers as people write them down: between lines, commas or spaces; `A-001..A-024` stands for all from the first to the last.
 * Each counts once. Of a range longer than allowed only its beginning is read.
 */
export function readSerials(text: string): SerialList {
  const words = text.split(/[\s,;]+/).filter((word) => word !== '');
  const serials = new Set<string>();
  for (const word of words) {
    const expanded = expandRange(word) ?? [word];
    const wrong = expanded.find((serial) => !isSerialOrLot(serial));
    if (wrong !== undefined) return { serials: [...serials], wrong };
    for (const serial of expanded) serials.add(serial);
  }
  return { serials: [...serials], wrong: undefined };
}

/** @returns undefined for anything but a range that goes up */
function expandRange(word: string): string[] | undefined {
  const [, start = '', first = '', startAgain = '', last = ''] = /^(.*?)(\d{1,9})\.\.(.*?)(\d{1,9})$/.exec(word) ?? [];
  if (first === '' || (startAgain !== '' && startAgain !== start) || Number(last) < Number(first)) return undefined;
  const count = Math.min(Number(last) - Number(first) + 1, SERIALS_MAX + 1);
  return Array.from({ length: count }, (_unused, index) => {
    const number = String(Number(first) + index);
    return start + number.padStart(first.length, '0');
  });
}
