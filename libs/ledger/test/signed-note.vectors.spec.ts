import { describe, expect, it } from '@jest/globals';
import { fromBase64, toBase64, toHex } from '#codec';
import { noteKeyId, noteVerifierKey, signedNote } from '#ledger';
import { memberAt, TestNetwork } from './network.js';
import { openNote, parseNoteKey, type NoteKey } from './open-note.js';
import { describeWithVectors, readVectors } from './shared-vectors.js';

interface NoteVectors {
  readonly pk: string;
  readonly bad_vkeys: readonly string[];
  readonly cases: readonly {
    readonly id: string;
    readonly note_b64: string;
    readonly vkeys: readonly string[];
    readonly accept: boolean;
  }[];
}

const [vectors] = readVectors<Partial<NoteVectors>>('signed-note');

describeWithVectors('signed-note', 'the test suite’s own reader of C2SP notes', () => {
  it.each(vectors?.cases ?? [{ id: 'absent', note_b64: '', vkeys: [], accept: false }])(
    '$id',
    ({ note_b64, vkeys, accept }) => {
      const keys = vkeys.map((key) => parseNoteKey(key) as NoteKey);
      expect(openNote(fromBase64(note_b64) as Uint8Array, keys) !== undefined).toBe(accept);
    },
  );

  it('computes the key ids of the vectors, and refuses damaged keys', () => {
    const text = vectors?.pk as string;
    const key = parseNoteKey(text) as NoteKey;
    expect(toHex(noteKeyId(key.name, key.publicKey))).toBe(key.id);
    for (const bad of vectors?.bad_vkeys ?? []) expect(parseNoteKey(bad)).toBeUndefined();
    for (let end = 0; end < text.length; end++) expect(parseNoteKey(text.slice(0, end))).toBeUndefined();
  });
});

describe('a certificate as a signed note', () => {
  const network = new TestNetwork();
  const { block } = network.grow([network.entry(memberAt(0), 'a note')], 2);
  const { certificate } = network.head;
  if (certificate === null) throw new Error('no certificate');
  const { parentValidators: validators } = network.next;
  const keys = validators.map((validator) => parseNoteKey(noteVerifierKey(validator)) as NoteKey);

  it('is accepted by a client that knows the format only', () => {
    const opened = openNote(signedNote(block.header, certificate, validators), keys);
    expect(opened?.signedBy).toEqual(certificate.seals.map(({ validator }) => validator));
    expect(opened?.text.split('\n')).toEqual([
      `lading/${network.genesis.networkId}`,
      '1',
      toBase64(block.header.logRoot),
      'height 1',
      'round 2',
      `block ${block.hash}`,
      `state ${toHex(block.header.stateRoot)}`,
      '',
    ]);
  });

  it('is refused when the round, or any other line, is changed', () => {
    const note = signedNote(block.header, certificate, validators);
    for (let i = 0; i < note.length; i += 7) {
      const damaged = Uint8Array.from(note);
      damaged[i] = (damaged[i] as number) ^ 1;
      expect(openNote(damaged, keys)?.signedBy.length ?? 0).toBeLessThan(certificate.seals.length);
    }
    expect(openNote(signedNote(block.header, { ...certificate, round: 1 }, validators), keys)).toBeUndefined();
  });
});
