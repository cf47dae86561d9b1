import { assertInvariant, decodeCbor, encodeCbor, toHex, type CborValue } from '#codec';
import type { BlockOutcome, StateChange } from '../block.types.js';
import type { EntryId, Finding } from '../entry.types.js';
import { hashBytes } from './header.js';

/** CBOR [findings per entry, [[key, value or null] …]]. Kept beside the block on this node only, never sent. */
export function encodeOutcome({ findings, changes }: BlockOutcome): Uint8Array {
  return encodeCbor([
    findings.map((ofEntry) =>
      ofEntry.map(({ code, item, eventIndex, contradicts, detail }) => [
        code,
        item,
        eventIndex,
        contradicts.map(hashBytes),
        detail,
      ]),
    ),
    changes.map(({ key, value }) => [key, value]),
  ]);
}

/** @throws InvariantViolation INV-CHAIN-3 when the bytes are not what `encodeOutcome` writes */
export function decodeOutcome(bytes: Uint8Array): BlockOutcome {
  const decoded = decodeCbor(bytes);
  assertInvariant(decoded.ok, 'INV-CHAIN-3', { what: 'outcome' });
  const [findings, changes] = listOf(decoded.value, 2);
  return {
    findings: listOf(findings).map((ofEntry) => listOf(ofEntry).map(readFinding)),
    changes: listOf(changes).map(readChange),
  };
}

function readFinding(value: CborValue): Finding {
  const [code, item, eventIndex, contradicts, detail] = listOf(value, 5);
  assertInvariant(
    typeof code === 'string' &&
      typeof item === 'string' &&
      typeof eventIndex === 'number' &&
      typeof detail === 'string',
    'INV-CHAIN-3',
    { what: 'outcome' },
  );
  return { code, item, eventIndex, contradicts: listOf(contradicts).map(readEntryId), detail };
}

function readEntryId(value: CborValue): EntryId {
  assertInvariant(value instanceof Uint8Array, 'INV-CHAIN-3', { what: 'outcome' });
  return toHex(value) as EntryId;
}

function readChange(value: CborValue): StateChange {
  const [key, bytes] = listOf(value, 2);
  assertInvariant(typeof key === 'string' && (bytes === null || bytes instanceof Uint8Array), 'INV-CHAIN-3', {
    what: 'outcome',
  });
  return { key, value: bytes };
}

function listOf(value: CborValue | undefined, length?: number): readonly CborValue[] {
  const isList = Array.isArray(value) && (length === undefined || value.length === length);
  assertInvariant(isList, 'INV-CHAIN-3', { what: 'outcome' });
  return value as readonly CborValue[];
}
