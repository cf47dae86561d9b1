import { sha256 } from '#codec';
import type { Parameters } from './organization.js';
import { PARAMETERS } from './records.js';

const KIB = 1024;
const MIB = 1024 * KIB;
const HOUR_MS = 3_600_000;

export const DEFAULT_PARAMETERS: Parameters = {
  blockEntriesMax: 2000,
  blockBytesMax: 8 * MIB,
  notAfterWindow: 100_000,
  clockDriftMaxMs: 10_000,
  batchWaitMs: 10,
  heartbeatMs: 300_000,
  roundBaseMs: 2000,
  roundStepMs: 1000,
  roundCapMs: 16_000,
};

/** Smallest and largest value of each parameter, both allowed. In addition `roundCapMs` is not below `roundBaseMs`. */
export const PARAMETER_BOUNDS: Readonly<Record<keyof Parameters, readonly [min: number, max: number]>> = {
  blockEntriesMax: [1, 100_000],
  // An entry has up to 1 MiB of content; it must fit into a block with everything around it.
  blockBytesMax: [2 * MIB, 64 * MIB],
  notAfterWindow: [1, 10_000_000],
  clockDriftMaxMs: [100, HOUR_MS],
  batchWaitMs: [0, 10_000],
  heartbeatMs: [100, 24 * HOUR_MS],
  roundBaseMs: [50, HOUR_MS],
  roundStepMs: [0, HOUR_MS],
  roundCapMs: [50, HOUR_MS],
};

/** SHA-256 of the encoded record, 32 bytes: the header's `paramsHash`. */
export function parametersHash(parameters: Parameters): Uint8Array {
  return sha256(PARAMETERS.encode(parameters));
}
