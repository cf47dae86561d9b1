/** A member whose value is JSON text as its author wrote it, put into an answer without being parsed or rounded. */
export interface RawMember {
  readonly name: string;
  readonly json: string;
}

/** `JSON.stringify(value)` with one further member whose text is taken as it is. `value` is an object. */
export function stringifyWithRaw(value: object, raw: RawMember): string {
  const head = JSON.stringify(value).slice(0, -1);
  return `${head}${head === '{' ? '' : ','}${JSON.stringify(raw.name)}:${raw.json}}`;
}
