import { InvalidArgumentError } from 'commander';
import { ORGANIZATIONS_MAX } from './organizations.js';
import { PORT_BASE_MAX } from './layout.js';

export const DATA_DIR_DEFAULT = '.lading';
export const PORT_BASE_DEFAULT = 7400;
const PORT_BASE_MIN = 1024;

/** @throws InvalidArgumentError, which commander turns into a sentence and exit code 2 */
export function parsePortBase(text: string): number {
  return wholeNumber(text, PORT_BASE_MIN, PORT_BASE_MAX);
}

export function parseOrganizations(text: string): number {
  return wholeNumber(text, 1, ORGANIZATIONS_MAX);
}

export function wholeNumber(text: string, min: number, max: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (value >= min && value <= max) return value;
  throw new InvalidArgumentError(`Give a whole number from ${min} to ${max}.`);
}
