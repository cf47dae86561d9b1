import { bytesEqual, toHex } from '#codec';
import { faultTolerance, portableVerifier, quorum, validatorSetHash, type ValidatorSet } from '#identity';
import { blockHash, decodeCertificate, decodeHeader, encodeHeader, verifyCertificate, type Certificate } from '#ledger';
import type { Api } from '../index-types.js';
import { bytesOf, MalformedEvidence, validatorsOf } from './read-evidence.js';
import type { Anchor, SealedHeader, Trust } from './verify.types.js';

/**
 * The header is sealed by a quorum of the validators that it names itself (docs/protocol/blocks.md#certificate), and how they are
 * linked to the network that the caller means.
 * @throws MalformedEvidence
 */
export function verifySealedHeader(sealed: Api.SealedHeader, anchor: Anchor): SealedHeader {
  const header = decodeHeader(bytesOf(sealed.header, 'header'));
  if (!header.ok) throw new MalformedEvidence(`header: ${header.detail}`);
  const certificate = decodeCertificate(bytesOf(sealed.certificate, 'certificate'));
  if (!certificate.ok) throw new MalformedEvidence(`certificate: ${certificate.detail}`);
  const validators = validatorsOf(sealed.validators);
  const isTheirSet = bytesEqual(validatorSetHash(validators), header.value.validatorsHash);
  const sealing = verifyCertificate(certificate.value, header.value, validators, portableVerifier);
  const isTheNetwork = header.value.networkId === anchor.networkId;
  return {
    header: header.value,
    trust: trustIn(validators, certificate.value, anchor),
    step: {
      name: 'sealed',
      ok: isTheirSet && sealing.ok && isTheNetwork,
      facts: {
        network: header.value.networkId,
        height: header.value.height,
        blockHash: blockHash(encodeHeader(header.value)),
        round: certificate.value.round,
        seals: certificate.value.seals.length,
        needed: quorum(validators.length),
        validators: validators.length,
        validatorsHash: toHex(header.value.validatorsHash),
        ...(!sealing.ok && { refused: sealing.code }),
      },
    },
  };
}

/** The seals were verified under `validators`; what counts here is who they are. */
function trustIn(validators: ValidatorSet, { seals }: Certificate, anchor: Anchor): Trust {
  if (bytesEqual(validatorSetHash(validators), validatorSetHash(anchor.validators))) return 'genesis';
  const sealed = new Set<string>(seals.map(({ validator }) => validator));
  const known = anchor.validators.filter((old) =>
    validators.some(({ id, publicKey }) => id === old.id && bytesEqual(publicKey, old.publicKey) && sealed.has(id)),
  );
  return known.length > faultTolerance(anchor.validators.length) ? 'overlap' : 'unlinked';
}
