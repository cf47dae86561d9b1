import { failure, JsonNumber, JsonObject, type Failure, type JsonValue } from '#codec';
import { canonicalId, type CanonicalId } from './identifiers/canonical-id.js';
import { isAbsoluteUri } from './identifiers/absolute-uri.js';

/** Whose content is read: it is the first part of every code. */
type Area = 'TRACE' | 'EPCIS';

interface TextBounds {
  readonly lengthMin?: number;
  readonly lengthMax: number;
}

const BAD_URI = 'an absolute URI of at most 512 visible ASCII characters is expected here';
const NO_ID: CanonicalId = { key: '', kind: 'other' };
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f]/;

/** Keeps the first thing that is wrong with a content, with its JSON pointer (RFC 6901). */
export class Problems {
  first: Failure | undefined;

  constructor(readonly area: Area) {}

  add(suffix: string, detail: string, pointer: string): void {
    this.first ??= failure(`${this.area}_${suffix}`, detail, pointer);
  }
}

/**
 * Reads the fields of one JSON object. A field that is not as it should be is noted in `problems` and a neutral value is
 * returned, so that a reader is a plain list of its fields; look at `problems.first` before using any of them.
 */
export class FieldReader {
  private constructor(
    readonly object: JsonObject,
    readonly problems: Problems,
    private readonly parent: FieldReader | undefined,
    private readonly name: string,
    private readonly index: number | undefined,
  ) {}

  /** A reader of the whole content. */
  static ofRoot(object: JsonObject, problems: Problems): FieldReader {
    return new FieldReader(object, problems, undefined, '', undefined);
  }

  /** RFC 6901 pointer to the object; made only when somebody asks, for nearly every content is right. */
  get pointer(): string {
    return this.parent === undefined ? '' : this.parent.at(this.name, this.index);
  }

  has(name: string): boolean {
    return this.object.members.has(name);
  }

  /** Pointer to a field, or to an element of the list in it. */
  at(name: string, index?: number): string {
    const token = name.replaceAll('~', '~0').replaceAll('/', '~1');
    return index === undefined ? `${this.pointer}/${token}` : `${this.pointer}/${token}/${index}`;
  }

  /** Notes every member that is neither in `known` nor, where extensions are allowed, named by a URI or CURIE. */
  onlyFields(known: ReadonlySet<string>, extensions: 'uri-extensions' | 'no-extensions'): void {
    for (const name of this.object.members.keys()) {
      if (known.has(name) || (extensions === 'uri-extensions' && isAbsoluteUri(name))) continue;
      this.problems.add('UNKNOWN_FIELD', `there is no field ${JSON.stringify(name.slice(0, 100))} here`, this.at(name));
    }
  }

  value(name: string): JsonValue | undefined {
    const value = this.object.get(name);
    if (value === undefined) this.problems.add('MISSING_FIELD', `the field ${name} is required`, this.pointer);
    return value;
  }

  text(name: string, bounds: TextBounds): string {
    const value = this.value(name);
    return value === undefined ? '' : this.checkText(value, name, bounds);
  }

  optionalText(name: string, bounds: TextBounds): string | undefined {
    return this.has(name) ? this.text(name, bounds) : undefined;
  }

  /** Text that `isValid` accepts; `rule` completes the sentence "<field> must be …". */
  matching(name: string, isValid: (text: string) => boolean, rule: string): string {
    const text = this.text(name, { lengthMax: 1024 });
    if (this.problems.first === undefined && !isValid(text)) {
      this.problems.add('BAD_VALUE', `${name} must be ${rule}`, this.at(name));
    }
    return text;
  }

  optionalMatching(name: string, isValid: (text: string) => boolean, rule: string): string | undefined {
    return this.has(name) ? this.matching(name, isValid, rule) : undefined;
  }

  uri(name: string): string {
    const value = this.value(name);
    return value === undefined ? '' : this.checkUri(value, name);
  }

  optionalUri(name: string): string | undefined {
    return this.has(name) ? this.uri(name) : undefined;
  }

  number(name: string): string {
    const value = this.value(name);
    if (value instanceof JsonNumber && value.text.length <= 64) return value.text;
    if (value !== undefined)
      this.problems.add('BAD_TYPE', `${name} must be a number of at most 64 characters`, this.at(name));
    return '0';
  }

  list(name: string): readonly JsonValue[] {
    const value = this.value(name);
    if (value === undefined) return [];
    if (Array.isArray(value)) return value as readonly JsonValue[];
    this.problems.add('BAD_TYPE', `${name} must be a list`, this.at(name));
    return [];
  }

  optionalList(name: string): readonly JsonValue[] {
    return this.has(name) ? this.list(name) : [];
  }

  /** @returns undefined when the field is missing or no object; both are noted */
  child(name: string): FieldReader | undefined {
    const value = this.value(name);
    return value === undefined ? undefined : this.elementObject(value, name);
  }

  optionalChild(name: string): FieldReader | undefined {
    return this.has(name) ? this.child(name) : undefined;
  }

  /** A reader for each element of a list of objects. */
  children(name: string): FieldReader[] {
    const readers: FieldReader[] = [];
    const list = this.optionalList(name);
    for (let i = 0; i < list.length; i++) {
      const reader = this.elementObject(list[i] as JsonValue, name, i);
      if (reader !== undefined) readers.push(reader);
    }
    return readers;
  }

  // The checks below judge a value that was taken from the field `name`, or from the list in it at `index`.

  elementObject(value: JsonValue, name: string, index?: number): FieldReader | undefined {
    if (value instanceof JsonObject) return new FieldReader(value, this.problems, this, name, index);
    this.problems.add('BAD_TYPE', 'an object is expected here', this.at(name, index));
    return undefined;
  }

  checkUri(value: JsonValue, name: string, index?: number): string {
    if (typeof value === 'string' && isAbsoluteUri(value)) return value;
    this.problems.add('BAD_URI', BAD_URI, this.at(name, index));
    return '';
  }

  /** An identifier in any spelling. Its own codes (`GS1_…`) are kept. */
  checkId(value: JsonValue, name: string, index?: number): CanonicalId {
    const id = canonicalId(typeof value === 'string' ? value : '');
    if (id.ok) return id.value;
    const pointer = this.at(name, index);
    if (id.code === 'GS1_BAD_URI') this.problems.add('BAD_URI', BAD_URI, pointer);
    else this.problems.first ??= failure(id.code, id.detail, pointer);
    return NO_ID;
  }

  private checkText(value: JsonValue, name: string, { lengthMin = 1, lengthMax }: TextBounds): string {
    if (typeof value !== 'string') {
      this.problems.add('BAD_TYPE', 'text is expected here', this.at(name));
      return '';
    }
    if (value.length < lengthMin || value.length > lengthMax) {
      this.problems.add('BAD_VALUE', `text of ${lengthMin}..${lengthMax} characters is expected here`, this.at(name));
    } else if (CONTROL_CHARACTERS.test(value)) {
      this.problems.add('BAD_VALUE', 'control characters are not allowed here', this.at(name));
    }
    return value;
  }
}
