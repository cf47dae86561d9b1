import { storable } from '../projection/storable.js';

export type Value = string | number | Date | null;

/** The values of a statement in the order of their places. */
export class StatementParameters {
  readonly values: (Value | readonly Value[])[] = [];

  /** @returns the place of the value in the statement, with its type: `$1::text` */
  add(value: Value | readonly Value[], type: 'text' | 'text[]' | 'bigint' | 'numeric' | 'timestamptz' | 'timestamptz[]'): string {
    this.values.push(Array.isArray(value) ? (value as readonly Value[]).map(storableValue) : storableValue(value as Value));
    return `$${this.values.length}::${type}`;
  }

  time(ms: number): string {
    return this.add(new Date(ms), 'timestamptz');
  }
}

function storableValue(value: Value): Value {
  return typeof value === 'string' ? storable(value) : value;
}
