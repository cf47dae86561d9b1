import { compareBytes, utf8Encode } from './bytes.js';
import { CBOR_DEPTH_MAX, COSE_SIGN1_TAG, MAJOR, SIMPLE, Tagged, type CborValue } from './cbor-value.js';

const CAPACITY_FIRST = 256;
/** Up to here writing character by character is quicker than the platform's encoder. */
const SHORT_TEXT_CHARS = 32;

/** RFC 8949 section 4.2.1. */
export class CborWriter {
  private buffer = new Uint8Array(CAPACITY_FIRST);
  private length = 0;
  private depth = 0;

  toBytes(): Uint8Array {
    return this.buffer.slice(0, this.length);
  }

  writeItem(value: CborValue): void {
    if (typeof value === 'string') return this.writeText(value);
    if (typeof value === 'number') return this.writeInteger(value);
    if (value === null) return this.writeHead(MAJOR.simple, SIMPLE.null);
    if (typeof value === 'boolean') return this.writeHead(MAJOR.simple, value ? SIMPLE.true : SIMPLE.false);
    if (value instanceof Uint8Array) {
      this.writeHead(MAJOR.bytes, value.length);
      return this.append(value);
    }
    if (++this.depth > CBOR_DEPTH_MAX) throw new TypeError(`nested deeper than ${CBOR_DEPTH_MAX}`);
    if (Array.isArray(value)) this.writeArray(value as readonly CborValue[]);
    else if (value instanceof Map) this.writeMap(value as ReadonlyMap<number | string, CborValue>);
    else if (value instanceof Tagged) this.writeTagged(value);
    else throw new TypeError(`cannot stand in CBOR: ${typeof value}`);
    this.depth--;
  }

  private writeInteger(value: number): void {
    if (!Number.isSafeInteger(value)) throw new TypeError('only integers within ±(2^53 − 1) are allowed');
    if (value >= 0) this.writeHead(MAJOR.unsigned, value);
    else this.writeHead(MAJOR.negative, -1 - value);
  }

  private writeText(text: string): void {
    if (text.length <= SHORT_TEXT_CHARS && this.tryWriteAscii(text)) return;
    const bytes = utf8Encode(text);
    this.writeHead(MAJOR.text, bytes.length);
    this.append(bytes);
  }

  /** @returns false, with nothing written, when `text` is not all ASCII */
  private tryWriteAscii(text: string): boolean {
    const lengthBefore = this.length;
    this.writeHead(MAJOR.text, text.length);
    this.reserve(text.length);
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code >= 0x80) {
        this.length = lengthBefore;
        return false;
      }
      this.buffer[this.length++] = code;
    }
    return true;
  }

  private writeArray(elements: readonly CborValue[]): void {
    this.writeHead(MAJOR.array, elements.length);
    for (const element of elements) this.writeItem(element);
  }

  private writeMap(map: ReadonlyMap<number | string, CborValue>): void {
    const members = [...map].map(([key, value]) => {
      if (typeof key !== 'string' && typeof key !== 'number') throw new TypeError('map keys are integers or text');
      const writer = new CborWriter();
      writer.writeItem(key);
      return { key: writer.toBytes(), value };
    });
    members.sort((a, b) => compareBytes(a.key, b.key));
    this.writeHead(MAJOR.map, members.length);
    for (const { key, value } of members) {
      this.append(key);
      this.writeItem(value);
    }
  }

  private writeTagged({ tag, value }: Tagged): void {
    if (tag !== COSE_SIGN1_TAG) throw new TypeError(`tag ${tag} is not supported`);
    this.writeHead(MAJOR.tag, tag);
    this.writeItem(value);
  }

  /** Initial byte and argument in the shortest form; `argument` is a safe integer ≥ 0. */
  private writeHead(major: number, argument: number): void {
    this.reserve(9);
    const { buffer } = this;
    if (argument < 24) {
      buffer[this.length++] = (major << 5) | argument;
      return;
    }
    const info = argument < 0x100 ? 24 : argument < 0x1_0000 ? 25 : argument < 0x1_0000_0000 ? 26 : 27;
    buffer[this.length++] = (major << 5) | info;
    const end = this.length + (1 << (info - 24));
    for (let i = end - 1, rest = argument; i >= this.length; i--) {
      buffer[i] = rest % 256;
      rest = Math.floor(rest / 256);
    }
    this.length = end;
  }

  private append(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.buffer.set(bytes, this.length);
    this.length += bytes.length;
  }

  private reserve(count: number): void {
    const needed = this.length + count;
    if (needed <= this.buffer.length) return;
    const larger = new Uint8Array(Math.max(needed, this.buffer.length * 2));
    larger.set(this.buffer.subarray(0, this.length));
    this.buffer = larger;
  }
}
