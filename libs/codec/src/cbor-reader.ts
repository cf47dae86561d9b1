import { utf8Decode } from './bytes.js';
import { CBOR_DEPTH_MAX, COSE_SIGN1_TAG, MAJOR, SIMPLE, Tagged, type CborValue } from './cbor-value.js';

/**
 * `CBOR_NOT_DETERMINISTIC`: another encoding of the same value is the right one. `CBOR_MALFORMED`: no CBOR, or a kind of
 * item that none of our formats has.
 */
export type CborErrorCode = 'CBOR_MALFORMED' | 'CBOR_NOT_DETERMINISTIC';

/** Ends the descent; `decodeCbor` turns it into a failure. */
export class CborOffence extends Error {
  constructor(
    readonly code: CborErrorCode,
    message: string,
    /** Byte offset. */
    readonly position: number,
  ) {
    super(message);
  }
}

/** Smallest argument that needs the 1, 2, 4 or 8 bytes behind the initial byte; anything smaller has a shorter head. */
const SMALLEST_OF_LENGTH = [24, 0x100, 0x1_0000, 0x1_0000_0000];
/** Up to here reading byte by byte is quicker than the platform's decoder. */
const SHORT_TEXT_BYTES = 32;

/** RFC 8949 section 4.2.1, checked while reading. */
export class CborReader {
  private readonly bytes: Uint8Array;
  private position = 0;
  private depth = 0;

  constructor(bytes: Uint8Array) {
    // Node's Buffer is a Uint8Array whose `slice` does not copy.
    const isPlain = bytes.constructor === Uint8Array;
    this.bytes = isPlain ? bytes : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  readOnlyItem(): CborValue {
    const value = this.readItem();
    if (this.position !== this.bytes.length) this.refuse('CBOR_MALFORMED', 'more bytes after the item');
    return value;
  }

  private readItem(): CborValue {
    const start = this.position;
    const initial = this.bytes[start];
    if (initial === undefined) this.refuse('CBOR_MALFORMED', 'the item is cut off');
    if (initial >> 5 === MAJOR.simple) return this.readSimple(initial & 0x1f);
    const argument = this.readArgument(initial & 0x1f);
    switch (initial >> 5) {
      case MAJOR.unsigned:
        return argument;
      case MAJOR.negative:
        if (argument === Number.MAX_SAFE_INTEGER) this.refuse('CBOR_MALFORMED', 'an integer beyond ±(2^53 − 1)', start);
        return -1 - argument;
      case MAJOR.bytes:
        return this.bytes.slice(this.skip(argument), this.position);
      case MAJOR.text:
        return this.readText(argument);
      case MAJOR.array:
        return this.readArray(argument);
      case MAJOR.map:
        return this.readMap(argument);
      default:
        return this.readTagged(argument, start);
    }
  }

  private readSimple(info: number): boolean | null {
    if (info !== SIMPLE.null && info !== SIMPLE.false && info !== SIMPLE.true) {
      this.refuse('CBOR_MALFORMED', 'a float or a simple value other than false, true, null');
    }
    this.position++;
    return info === SIMPLE.null ? null : info === SIMPLE.true;
  }

  /** Reads the rest of an item's head (RFC 8949 section 3). */
  private readArgument(info: number): number {
    const start = this.position++;
    if (info < 24) return info;
    if (info === 31) this.refuse('CBOR_NOT_DETERMINISTIC', 'an indefinite length', start);
    if (info > 27) this.refuse('CBOR_MALFORMED', 'a reserved initial byte', start);
    const length = 1 << (info - 24);
    let argument = 0;
    for (let i = this.skip(length); i < this.position; i++) argument = argument * 256 + (this.bytes[i] as number);
    // Above 2^53 the sum is rounded, but never to below 2^53.
    if (argument > Number.MAX_SAFE_INTEGER) this.refuse('CBOR_MALFORMED', 'an integer beyond ±(2^53 − 1)', start);
    if (argument < (SMALLEST_OF_LENGTH[info - 24] as number)) {
      this.refuse('CBOR_NOT_DETERMINISTIC', 'a head that is longer than needed', start);
    }
    return argument;
  }

  private readText(length: number): string {
    const start = this.skip(length);
    if (length <= SHORT_TEXT_BYTES) {
      let text = '';
      let i = start;
      for (; i < this.position && (this.bytes[i] as number) < 0x80; i++)
        text += String.fromCharCode(this.bytes[i] as number);
      if (i === this.position) return text;
    }
    const text = utf8Decode(this.bytes.subarray(start, this.position));
    return text ?? this.refuse('CBOR_MALFORMED', 'a text string that is not UTF-8', start);
  }

  private readArray(count: number): CborValue[] {
    this.enter(count);
    const elements: CborValue[] = [];
    for (let i = 0; i < count; i++) elements.push(this.readItem());
    this.depth--;
    return elements;
  }

  private readMap(count: number): Map<number | string, CborValue> {
    this.enter(count);
    const map = new Map<number | string, CborValue>();
    let previousStart = this.position;
    let previousEnd = this.position;
    for (let i = 0; i < count; i++) {
      const start = this.position;
      const key = this.readItem();
      if (typeof key !== 'number' && typeof key !== 'string')
        this.refuse('CBOR_MALFORMED', 'a map key that is neither integer nor text', start);
      if (!this.isBefore(previousStart, previousEnd, start, this.position)) {
        this.refuse('CBOR_NOT_DETERMINISTIC', 'map keys out of order, or one twice', start);
      }
      previousStart = start;
      previousEnd = this.position;
      map.set(key, this.readItem());
    }
    this.depth--;
    return map;
  }

  /** Every element takes at least a byte: a count beyond what is left is refused before anything is set aside for it. */
  private enter(count: number): void {
    if (++this.depth > CBOR_DEPTH_MAX) this.refuse('CBOR_MALFORMED', `nested deeper than ${CBOR_DEPTH_MAX}`);
    if (count > this.bytes.length - this.position) this.refuse('CBOR_MALFORMED', 'the item is cut off');
  }

  private readTagged(tag: number, start: number): Tagged {
    if (tag !== COSE_SIGN1_TAG) this.refuse('CBOR_MALFORMED', `tag ${tag} is not supported`, start);
    this.enter(1);
    const value = this.readItem();
    this.depth--;
    return new Tagged(tag, value);
  }

  /** Bytewise lexicographic order of two stretches of the input; an empty first one is before anything. */
  private isBefore(startA: number, endA: number, startB: number, endB: number): boolean {
    const shared = Math.min(endA - startA, endB - startB);
    for (let i = 0; i < shared; i++) {
      const difference = (this.bytes[startA + i] as number) - (this.bytes[startB + i] as number);
      if (difference !== 0) return difference < 0;
    }
    return endA - startA < endB - startB;
  }

  /** Moves on by `length` bytes. @returns where they begin */
  private skip(length: number): number {
    const start = this.position;
    if (length > this.bytes.length - start) this.refuse('CBOR_MALFORMED', 'the item is cut off', start);
    this.position = start + length;
    return start;
  }

  private refuse(code: CborErrorCode, message: string, position = this.position): never {
    throw new CborOffence(code, message, position);
  }
}
