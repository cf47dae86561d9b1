import { JsonNumber, JsonObject, type JsonValue } from './json-value.js';

/**
 * JSON text of a parsed value: numbers exactly as they were written, members in their order, no white space. For
 * answers to people and programs; what is signed or hashed is always the author's own bytes.
 */
export function writeJson(value: JsonValue): string {
  if (value instanceof JsonNumber) return value.text;
  if (value instanceof JsonObject) {
    const members = [...value.members].map(([key, member]) => `${JSON.stringify(key)}:${writeJson(member)}`);
    return `{${members.join(',')}}`;
  }
  if (typeof value === 'object' && value !== null) return `[${value.map(writeJson).join(',')}]`;
  return JSON.stringify(value);
}
