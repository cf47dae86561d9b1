import { bytesEqual, sha256, toHex } from '#codec';
import { isKeyValidAt, keyIdOf, ORGANIZATION_KEY, portableVerifier, type OrganizationKey } from '#identity';
import { decodeStatement, leafHash, verifyEntry, verifyRecord, type BlockHeader, type Statement } from '#ledger';
import type { Api } from '../index-types.js';
import { bytesOf, hashOf, MalformedEvidence, recordProofOf } from './read-evidence.js';
import type { Anchor, Step, Verification } from './verify.types.js';
import { verifySealedHeader } from './verify-sealed-header.js';

/**
 * Everything about one entry, from its bytes to the seals, believing only the anchor. Pure: works without a network.
 *
 * 1. the signed bytes hash to the entry id, and the content to what was signed
 * 2. the signature is by the key that the statement names
 * 3. that key is the author's and was valid at the entry's height (state proof)
 * 4. the entry stands in the log (inclusion proof)
 * 5. the header that 3 and 4 are proved against is sealed by a quorum
 *
 * @throws MalformedEvidence when the bundle is none; wrong contents are steps that are not ok
 */
export function verifyEntryProof(proof: Api.EntryProof, anchor: Anchor): Verification {
  if (proof.format !== 'lading-entry-proof-1') throw new MalformedEvidence('format: expected lading-entry-proof-1');
  const statementBytes = bytesOf(proof.statement, 'statement');
  const decoded = decodeStatement(statementBytes);
  if (!decoded.ok) throw new MalformedEvidence(`statement: ${decoded.detail}`);
  const statement = decoded.value;
  const { header, step: sealed, trust } = verifySealedHeader(proof.sealed, anchor);
  const key = provedKey(proof, statement, header);
  const steps = [
    entryIdStep(proof, statement, anchor),
    signatureStep(statement, key),
    keyStep(proof, statement, key, header),
    inclusionStep(proof, statementBytes, header),
    sealed,
  ];
  return { ok: steps.every(({ ok }) => ok), trust, steps };
}

function entryIdStep(proof: Api.EntryProof, statement: Statement, anchor: Anchor): Step {
  const contentHash = sha256(bytesOf(proof.content, 'content'));
  return {
    name: 'entry-id',
    ok:
      statement.entryId === proof.entryId &&
      statement.networkId === anchor.networkId &&
      bytesEqual(contentHash, statement.contentHash),
    facts: {
      entryId: statement.entryId,
      network: statement.networkId,
      contentHash: toHex(contentHash),
      signedContentHash: toHex(statement.contentHash),
    },
  };
}

/** The key's record as proved by the state; undefined when the proof does not hold or there is no such key. */
function provedKey({ key }: Api.EntryProof, { keyId }: Statement, header: BlockHeader): OrganizationKey | undefined {
  const proof = recordProofOf(key);
  if (proof.value === null || !verifyRecord(ORGANIZATION_KEY, keyId, proof, header)) return undefined;
  return ORGANIZATION_KEY.decode(proof.value);
}

function signatureStep(statement: Statement, key: OrganizationKey | undefined): Step {
  const ok =
    key !== undefined &&
    keyIdOf(key.publicKey) === statement.keyId &&
    portableVerifier.verify(statement.signature, statement.sigStructure, key.publicKey);
  return {
    name: 'signature',
    ok,
    facts: {
      author: statement.issuer,
      keyId: statement.keyId,
      signature: toHex(statement.signature),
      ...(key && { publicKey: toHex(key.publicKey) }),
    },
  };
}

function keyStep(
  proof: Api.EntryProof,
  { issuer }: Statement,
  key: OrganizationKey | undefined,
  header: BlockHeader,
): Step {
  return {
    name: 'key-valid',
    ok: key !== undefined && key.organization === issuer && isKeyValidAt(key, proof.height),
    facts: {
      height: proof.height,
      ...(key && { organization: key.organization, purpose: key.purpose, validFrom: key.validFrom }),
      ...(key?.validUntil !== undefined && { validUntil: key.validUntil }),
      stateRoot: toHex(header.stateRoot),
    },
  };
}

function inclusionStep({ inclusion }: Api.EntryProof, statement: Uint8Array, header: BlockHeader): Step {
  const hashes = inclusion.hashes.map((hash) => hashOf(hash, 'inclusion.hashes'));
  return {
    name: 'inclusion',
    ok: verifyEntry(statement, { logIndex: inclusion.logIndex, logSize: inclusion.logSize, hashes }, header),
    facts: {
      leaf: toHex(leafHash(statement)),
      logIndex: inclusion.logIndex,
      logSize: header.logSize,
      logRoot: toHex(header.logRoot),
      hashes: hashes.length,
    },
  };
}
