import { utf8Decode } from './bytes.js';
import { JsonNumber, JsonObject, type JsonValue } from './json-value.js';
import { failure, success, type Result } from './result.js';

export type JsonErrorCode =
  | 'JSON_NOT_UTF8'
  | 'JSON_SYNTAX'
  | 'JSON_DUPLICATE_KEY'
  | 'JSON_FORBIDDEN_KEY'
  | 'JSON_LONE_SURROGATE'
  | 'JSON_NUMBER_TOO_LONG'
  | 'JSON_TOO_DEEP';

export interface JsonLimits {
  /** Deepest nesting of arrays and objects; default 64. */
  readonly depthMax?: number;
}

const DEPTH_MAX = 64;
/** Characters of one number. Far above any quantity, and no big-number routine behind us can be made to work long. */
const NUMBER_CHARS_MAX = 128;

/**
 * Reads one JSON text (RFC 8259) so that every reader on earth must see the same thing in it: well-formed UTF-8 without
 * byte order mark, no key twice in one object, no `__proto__`, no lone surrogate, bounded depth; numbers keep their
 * text. Never throws for bad input. Bounding the size of `bytes` is the caller's.
 * @returns the value, or the code of the first offence with line, column and byte offset in the detail
 */
export function parseStrictJson(bytes: Uint8Array, limits: JsonLimits = {}): Result<JsonValue, JsonErrorCode> {
  const text = utf8Decode(bytes);
  if (text === undefined) return failure('JSON_NOT_UTF8', 'the text is not well-formed UTF-8');
  const reader = new JsonReader(text, limits.depthMax ?? DEPTH_MAX);
  try {
    return success(reader.readText());
  } catch (offence) {
    if (offence instanceof Offence)
      return failure(offence.code, `${offence.message} at ${placeOf(text, offence.position)}`);
    throw offence;
  }
}

/** Ends the descent; never leaves this file. */
class Offence extends Error {
  constructor(
    readonly code: JsonErrorCode,
    message: string,
    /** Index in the text, in UTF-16 code units. */
    readonly position: number,
  ) {
    super(message);
  }
}

const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const PLUS = 0x2b;
const COMMA = 0x2c;
const MINUS = 0x2d;
const DOT = 0x2e;
const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const BYTE_ORDER_MARK = 0xfeff;

const ESCAPED = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

/** Recursive descent. Reading past the end gives NaN, which equals no character, so the end needs no checks of its own. */
class JsonReader {
  private position = 0;
  /** Bytes that the text before `position` takes in UTF-8 beyond one per code unit; only strings can hold such text. */
  private extraBytes = 0;
  private depth = 0;

  constructor(
    private readonly text: string,
    private readonly depthMax: number,
  ) {}

  readText(): JsonValue {
    if (this.text.charCodeAt(0) === BYTE_ORDER_MARK) this.refuse('JSON_SYNTAX', 'a byte order mark');
    this.skipSpace();
    const value = this.readValue();
    this.skipSpace();
    if (this.position < this.text.length) this.refuse('JSON_SYNTAX', 'more text after the value');
    return value;
  }

  private readValue(): JsonValue {
    const code = this.text.charCodeAt(this.position);
    if (code === QUOTE) return this.readString();
    if (code === OPEN_OBJECT) return this.readObject();
    if (code === OPEN_ARRAY) return this.readArray();
    if (code === MINUS || isDigit(code)) return this.readNumber();
    if (this.text.startsWith('true', this.position)) return this.skipWord(4, true);
    if (this.text.startsWith('false', this.position)) return this.skipWord(5, false);
    if (this.text.startsWith('null', this.position)) return this.skipWord(4, null);
    return this.refuse('JSON_SYNTAX', 'expected a value');
  }

  private skipWord<T>(length: number, value: T): T {
    this.position += length;
    return value;
  }

  private readObject(): JsonObject {
    const start = this.position + this.extraBytes;
    const members = new Map<string, JsonValue>();
    this.enter();
    if (this.text.charCodeAt(this.position) !== CLOSE_OBJECT) {
      for (;;) {
        const keyPosition = this.position;
        if (this.text.charCodeAt(keyPosition) !== QUOTE) this.refuse('JSON_SYNTAX', 'expected a key in double quotes');
        const key = this.readString();
        if (key === '__proto__') this.refuse('JSON_FORBIDDEN_KEY', 'the key "__proto__" is not allowed', keyPosition);
        if (members.has(key)) this.refuse('JSON_DUPLICATE_KEY', 'the same key twice in one object', keyPosition);
        this.skipSpace();
        if (this.text.charCodeAt(this.position) !== COLON) this.refuse('JSON_SYNTAX', 'expected ":"');
        this.position++;
        this.skipSpace();
        members.set(key, this.readValue());
        if (!this.continueAfterComma(CLOSE_OBJECT, 'expected "," or "}"')) break;
      }
    }
    this.leave();
    return new JsonObject(members, start, this.position + this.extraBytes);
  }

  private readArray(): JsonValue[] {
    const elements: JsonValue[] = [];
    this.enter();
    if (this.text.charCodeAt(this.position) !== CLOSE_ARRAY) {
      do elements.push(this.readValue());
      while (this.continueAfterComma(CLOSE_ARRAY, 'expected "," or "]"'));
    }
    this.leave();
    return elements;
  }

  private enter(): void {
    if (++this.depth > this.depthMax) this.refuse('JSON_TOO_DEEP', `nested deeper than ${this.depthMax}`);
    this.position++;
    this.skipSpace();
  }

  private leave(): void {
    this.depth--;
    this.position++;
  }

  /** @returns false at `close`, which is left for `leave` */
  private continueAfterComma(close: number, expected: string): boolean {
    this.skipSpace();
    const code = this.text.charCodeAt(this.position);
    if (code === close) return false;
    if (code !== COMMA) this.refuse('JSON_SYNTAX', expected);
    this.position++;
    this.skipSpace();
    return true;
  }

  private readString(): string {
    const { text } = this;
    const start = this.position;
    let result = '';
    let runStart = start + 1;
    for (let position = runStart; ; position++) {
      const code = text.charCodeAt(position);
      if (code === QUOTE) {
        this.position = position + 1;
        return result === '' ? text.slice(runStart, position) : result + text.slice(runStart, position);
      }
      if (code === BACKSLASH) {
        result += text.slice(runStart, position) + this.readEscape(position);
        position = this.position - 1;
        runStart = this.position;
      } else if (code >= 0x80) {
        this.extraBytes += code < 0x800 || isSurrogate(code) ? 1 : 2;
      } else if (!(code >= SPACE)) {
        this.refuse(
          'JSON_SYNTAX',
          position < text.length ? 'a control character in a string' : 'a string without end',
          position,
        );
      }
    }
  }

  /** Reads the escape at `position` and moves `this.position` behind it. @returns what it stands for */
  private readEscape(position: number): string {
    const letter = this.text.charAt(position + 1);
    if (letter !== 'u') {
      const character = ESCAPED.get(letter);
      if (character === undefined) this.refuse('JSON_SYNTAX', 'an escape that JSON does not have', position);
      this.position = position + 2;
      return character;
    }
    const unit = this.readHex4(position);
    if (!isSurrogate(unit)) {
      this.position = position + 6;
      return String.fromCharCode(unit);
    }
    const isPair = unit < 0xdc00 && this.text.startsWith('\\u', position + 6);
    const low = isPair ? this.readHex4(position + 6) : 0;
    if (low < 0xdc00 || low > 0xdfff) this.refuse('JSON_LONE_SURROGATE', 'half of a surrogate pair', position);
    this.position = position + 12;
    return String.fromCharCode(unit, low);
  }

  /** The value of `\uXXXX` at `position`. */
  private readHex4(position: number): number {
    const digits = this.text.slice(position + 2, position + 6);
    if (!/^[0-9A-Fa-f]{4}$/.test(digits)) this.refuse('JSON_SYNTAX', 'expected four hexadecimal digits', position);
    return Number.parseInt(digits, 16);
  }

  private readNumber(): JsonNumber {
    const start = this.position;
    if (this.text.charCodeAt(this.position) === MINUS) this.position++;
    if (this.text.charCodeAt(this.position) === DIGIT_0) this.position++;
    else this.skipDigits();
    if (this.text.charCodeAt(this.position) === DOT) {
      this.position++;
      this.skipDigits();
    }
    const exponent = this.text.charAt(this.position);
    if (exponent === 'e' || exponent === 'E') {
      this.position++;
      const sign = this.text.charCodeAt(this.position);
      if (sign === PLUS || sign === MINUS) this.position++;
      this.skipDigits();
    }
    if (this.position - start > NUMBER_CHARS_MAX) {
      this.refuse('JSON_NUMBER_TOO_LONG', `a number of more than ${NUMBER_CHARS_MAX} characters`, start);
    }
    return new JsonNumber(this.text.slice(start, this.position));
  }

  private skipDigits(): void {
    if (!isDigit(this.text.charCodeAt(this.position))) this.refuse('JSON_SYNTAX', 'expected a digit');
    while (isDigit(this.text.charCodeAt(this.position))) this.position++;
  }

  private skipSpace(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.position);
      if (code !== SPACE && code !== LINE_FEED && code !== CARRIAGE_RETURN && code !== TAB) return;
      this.position++;
    }
  }

  private refuse(code: JsonErrorCode, message: string, position = this.position): never {
    throw new Offence(code, message, position);
  }
}

function isDigit(code: number): boolean {
  return code >= DIGIT_0 && code <= DIGIT_9;
}

function isSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdfff;
}

/** For people: line and column count from 1, columns in characters; the byte offset counts from 0. */
function placeOf(text: string, position: number): string {
  const before = text.slice(0, position);
  const lineStart = before.lastIndexOf('\n') + 1;
  const line = before.split('\n').length;
  const column = [...before.slice(lineStart)].length + 1;
  let offset = 0;
  for (const character of before) {
    const code = character.codePointAt(0) as number;
    offset += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return `line ${line}, column ${column} (byte ${offset})`;
}
