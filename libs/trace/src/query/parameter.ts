import { failure, type Failure } from '#codec';
import type { UnixMs } from '#identity';
import { readDateTime } from '../epcis/time.js';
import { isAbsoluteUri } from '../identifiers/absolute-uri.js';
import { canonicalId } from '../identifiers/canonical-id.js';
import type { EventQueryErrorCode, FieldValue } from './event-query.types.js';
import type { Namespaces } from './field-name.js';
import { plainDecimal } from './plain-decimal.js';

const VALUES_MAX = 1_000;
/** No identifier is longer. */
export const VALUE_LENGTH_MAX = 512;

/**
 * One parameter of a query. What is not as it should be is noted in `problem` and a neutral value is returned, so that a reader of
 * parameters needs no checks of its own.
 */
export class Parameter {
  problem: Failure<EventQueryErrorCode> | undefined;

  /** @param given - text of a URL (values parted by `|`) or a list of values */
  constructor(
    readonly name: string,
    private readonly given: string | readonly string[],
    readonly namespaces: Namespaces,
  ) {}

  refuse(detail: string): void {
    this.problem ??= failure('EPCIS_QUERY_PARAMETER', `${this.name.slice(0, 200)}: ${detail}`, this.name);
  }

  /** At least one value. */
  texts(): readonly string[] {
    const values = typeof this.given === 'string' ? this.given.split('|') : this.given;
    if (values.length === 0 || values.includes('')) this.refuse('a value is missing');
    if (values.length > VALUES_MAX) this.refuse(`at most ${VALUES_MAX} values are taken`);
    if (values.some((value) => value.length > VALUE_LENGTH_MAX)) {
      this.refuse(`a value has at most ${VALUE_LENGTH_MAX} characters`);
    }
    return values;
  }

  /** Exactly one value. */
  text(): string {
    const [value = '', ...more] = this.texts();
    if (more.length > 0) this.refuse('one value is taken, not several');
    return value;
  }

  /** What this lib gave out itself, or its caller: taken as it is. */
  opaque(): string {
    if (typeof this.given !== 'string') this.refuse('one value is taken, not several');
    return String(this.given);
  }

  time(): UnixMs {
    const ms = readDateTime(this.text());
    if (ms === undefined) this.refuse('a date and time with offset is expected, such as 2026-01-31T12:00:00Z');
    return ms ?? 0;
  }

  /** As `plainDecimal` writes it. */
  number(): string {
    return this.checkNumber(this.text());
  }

  numbers(): readonly string[] {
    return this.texts().map((text) => this.checkNumber(text));
  }

  /** A whole number of events. */
  count(): number {
    const text = this.text();
    if (!/^[0-9]{1,9}$/.test(text) || Number(text) === 0) this.refuse('a whole number above zero is expected');
    return Number(text) || 0;
  }

  /** Whether the condition is asked for: `true` and what stands for it; with `false` the parameter might as well not be there. */
  flag(): boolean {
    const values = typeof this.given === 'string' ? [this.given] : this.given;
    const [value = ''] = values;
    if (values.length > 1 || !/^(|true|false|null|[0-9]+)$/.test(value)) this.refuse('true or false is expected');
    return value !== 'false';
  }

  boolean(): 'true' | 'false' {
    const text = this.text();
    if (text !== 'true' && text !== 'false') this.refuse('true or false is expected');
    return text === 'true' ? 'true' : 'false';
  }

  /** Canonical keys. */
  ids(): readonly string[] {
    return this.texts().map((text) => {
      const id = canonicalId(text);
      if (!id.ok) this.refuse(id.detail);
      return id.ok ? id.value.key : '';
    });
  }

  uris(): readonly string[] {
    const texts = this.texts();
    if (!texts.every(isAbsoluteUri)) this.refuse('an absolute URI is expected');
    return texts;
  }

  /** For fields of any type. */
  values(): readonly FieldValue[] {
    return this.texts().map(fieldValue);
  }

  /** For comparisons by order. */
  orderedValue(): FieldValue {
    const value = fieldValue(this.text());
    if (value.number === undefined && value.time === undefined) {
      this.refuse('a number, or a date and time with offset, is expected');
    }
    return value;
  }

  private checkNumber(text: string): string {
    const number = plainDecimal(text);
    if (number === undefined) this.refuse('a number is expected');
    return number ?? '0';
  }
}

export function fieldValue(text: string): FieldValue {
  return { text, number: plainDecimal(text), time: readDateTime(text) };
}
