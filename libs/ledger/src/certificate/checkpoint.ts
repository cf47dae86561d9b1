import { concatBytes, sha256, toBase64, toHex, utf8Encode } from '#codec';
import type { PublicKey, Validator, ValidatorSet } from '#identity';
import type { BlockHash, BlockHeader, Certificate } from '../block.types.js';

/** Signature type Ed25519 of C2SP signed-note. */
const NOTE_TYPE_ED25519 = 0x01;
const KEY_ID_BYTES = 4;

/**
 * What a seal signs: a C2SP tlog-checkpoint, so that any client of that format can check it. The round stands here, not in the
 * header: one block has one hash, in whichever round it is agreed on.
 *
 *     lading/<network id>
 *     <log size>
 *     <log root, base64>
 *     height <height>
 *     round <round>
 *     block <block hash>
 *     state <state root>
 */
export function checkpointText(header: BlockHeader, hash: BlockHash, round: number): Uint8Array {
  const lines = [
    `lading/${header.networkId}`,
    `${header.logSize}`,
    toBase64(header.logRoot),
    `height ${header.height}`,
    `round ${round}`,
    `block ${hash}`,
    `state ${toHex(header.stateRoot)}`,
  ];
  return utf8Encode(lines.map((line) => `${line}\n`).join(''));
}

/** Key id of C2SP signed-note: the first 4 bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key). */
export function noteKeyId(name: string, publicKey: PublicKey): Uint8Array {
  return sha256(utf8Encode(`${name}\n`), Uint8Array.of(NOTE_TYPE_ED25519), publicKey).subarray(0, KEY_ID_BYTES);
}

/**
 * The block's certificate as a C2SP signed note: the checkpoint, an empty line, one signature line per seal. A key's name is the
 * validator's DID.
 *
 * @param validators - of the header's height; seals of others are left out
 */
export function signedNote(header: BlockHeader, certificate: Certificate, validators: ValidatorSet): Uint8Array {
  const byId = new Map<string, Validator>(validators.map((validator) => [validator.id, validator]));
  const lines = certificate.seals.flatMap(({ validator, signature }) => {
    const publicKey = byId.get(validator)?.publicKey;
    if (publicKey === undefined) return [];
    return [`— ${validator} ${toBase64(concatBytes(noteKeyId(validator, publicKey), signature))}\n`];
  });
  return concatBytes(
    checkpointText(header, certificate.blockHash, certificate.round),
    utf8Encode(`\n${lines.join('')}`),
  );
}

/** A key in the form that C2SP clients are configured with: `<name>+<key id>+<base64 of type and key>`. */
export function noteVerifierKey({ id, publicKey }: Validator): string {
  return `${id}+${toHex(noteKeyId(id, publicKey))}+${toBase64(concatBytes(Uint8Array.of(NOTE_TYPE_ED25519), publicKey))}`;
}
