import { utf8Decode, utf8Encode } from '#codec';

export interface DroppedMember {
  readonly name: string;
  /** RFC 6901 pointer to the object that had the name more than once. */
  readonly pointer: string;
  /** The member that was cut out, name and value, as it was written. */
  readonly text: string;
}

/** An object or array that is open at this point of the text. */
interface Frame {
  readonly isObject: boolean;
  readonly pointer: string;
  /** Name of the current member, or index of the current element. */
  at: string | number;
  /** Where each member of the object starts, in order; and which of them last had a name. */
  readonly memberStarts: number[];
  readonly lastWithName: Map<string, number>;
}

/** Strings and punctuation; what lies between (numbers, words, space) does not matter here. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],]/gs;

/**
 * Some published EPCIS documents name a member twice (GS1's own AssociationEvent-h has two eventIDs). An entry must not: two
 * readers could see two different things in it. So before such a document is signed, every member that is followed by another
 * of the same name in its object is cut out. That leaves what `JSON.parse`, and with it nearly every EPCIS tool, reads;
 * the rest of the text stays byte for byte. Text that is not JSON is for the strict parser to refuse.
 */
export function dropRepeatedMembers(document: Uint8Array): { bytes: Uint8Array; dropped: readonly DroppedMember[] } {
  const text = utf8Decode(document);
  if (text === undefined) return { bytes: document, dropped: [] };
  const dropped: DroppedMember[] = [];
  const cuts: { from: number; to: number }[] = [];
  const stack: Frame[] = [];
  let nameIsNext = false;

  for (const { 0: symbol, index } of text.matchAll(TOKEN)) {
    const frame = stack.at(-1);
    if (symbol === '{' || symbol === '[') {
      stack.push(openFrame(symbol === '{', frame));
      nameIsNext = symbol === '{';
    } else if (symbol === '}' || symbol === ']') {
      stack.pop();
      nameIsNext = false;
    } else if (symbol === ',') {
      nameIsNext = frame?.isObject === true;
      if (typeof frame?.at === 'number') frame.at++;
    } else if (nameIsNext && frame !== undefined) {
      nameIsNext = false;
      frame.at = nameOf(symbol);
      const earlier = frame.lastWithName.get(frame.at);
      frame.lastWithName.set(frame.at, frame.memberStarts.push(index) - 1);
      if (earlier === undefined) continue;
      const from = frame.memberStarts[earlier] as number;
      const to = frame.memberStarts[earlier + 1] as number;
      cuts.push({ from, to });
      dropped.push({
        name: frame.at,
        pointer: frame.pointer,
        text: text.slice(from, to).trimEnd().replace(/,$/, '').trimEnd(),
      });
    }
  }
  return { bytes: utf8Encode(cutOut(text, cuts)), dropped };
}

function openFrame(isObject: boolean, parent: Frame | undefined): Frame {
  const pointer =
    parent === undefined ? '' : `${parent.pointer}/${`${parent.at}`.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  return { isObject, pointer, at: isObject ? '' : 0, memberStarts: [], lastWithName: new Map() };
}

/** The name that a string token spells; two spellings of one name (`"a"`, `"\u0061"`) are the same member. */
function nameOf(token: string): string {
  try {
    return JSON.parse(token) as string;
  } catch {
    return token;
  }
}

function cutOut(text: string, cuts: readonly { from: number; to: number }[]): string {
  let result = '';
  let position = 0;
  for (const { from, to } of [...cuts].sort((a, b) => a.from - b.from)) {
    if (from < position) continue; // inside a member that is cut out as a whole
    result += text.slice(position, from);
    position = to;
  }
  return result + text.slice(position);
}
