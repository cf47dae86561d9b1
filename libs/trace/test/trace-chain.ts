import { sha256, toHex, utf8Encode } from '#codec';
import { DEFAULT_PARAMETERS, GENESIS_FORMAT, parseGenesis, portableSigner, portableVerifier, rotationProofMessage, type Genesis } from '#identity';
import { decodeEntry, encodeOutcome, signEntry, type DecodedEntry, type EntryId } from '#ledger';
import {
  createTraceRules,
  epcisEntries,
  itemCommissioning,
  keyRotation,
  lotCommissioning,
  productRegistration,
  recallAcknowledgement,
  recallClosing,
  recallOpening,
  transferAcceptance,
  transferCancellation,
  transferOffer,
  transferRejection,
  type EntryDraft,
} from '#trace';
import { GENESIS_TIME, MEMBERS, TestNetwork, type Member } from '../../ledger/test/network.js';

/** A chain of every kind of entry, from fixed seeds; layout of test-vectors/trace-chain.json. Bytes are hexadecimal. */
export interface TraceChainVector {
  readonly genesis: string;
  readonly blocks: readonly { readonly height: number; readonly hash: string; readonly stateRoot: string; readonly block: string; readonly outcome: string }[];
}

const [CARRIER, MAKER, RETAILER, WHOLESALER] = MEMBERS as readonly [Member, Member, Member, Member];
const GTIN = '04099999000012';
const CASE = 'https://id.gs1.org/00/340999990000000013';
const LOT = `https://id.gs1.org/01/${GTIN}/10/L1`;
const BLEND = `https://id.gs1.org/01/${GTIN}/10/L2`;
const item = (serial: string): string => `https://id.gs1.org/01/${GTIN}/21/${serial}`;

function genesisText(): string {
  const organizations = MEMBERS.map(({ did, node, sign }) => ({
    did,
    name: did,
    roles: ['validator', 'member'],
    gs1CompanyPrefixes: did === MAKER.did ? ['4099999'] : [],
    nodeKey: toHex(node.publicKey),
    signingKey: toHex(sign.publicKey),
  }));
  return JSON.stringify({ format: GENESIS_FORMAT, time: GENESIS_TIME, organizations, parameters: DEFAULT_PARAMETERS });
}

export function readTraceGenesis(text: string): Genesis {
  const genesis = parseGenesis(utf8Encode(text));
  if (!genesis.ok) throw new Error(genesis.detail);
  return genesis.value;
}

function captured(event: object): EntryDraft {
  const document = {
    '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: '2026-01-01T12:00:00Z',
    epcisBody: { eventList: [{ eventTime: '2026-01-01T10:00:00.000Z', eventTimeZoneOffset: '+01:00', ...event }] },
  };
  const drafts = epcisEntries(utf8Encode(JSON.stringify(document)), 'rollback');
  if (!drafts.ok) throw new Error(drafts.detail);
  return drafts.value[0] as EntryDraft;
}

/** Makes the chain anew: no clock, no randomness, the same bytes on every machine. */
export function makeTraceChain(): TraceChainVector {
  const genesis = genesisText();
  const network = new TestNetwork(readTraceGenesis(genesis));
  const { networkId } = network.genesis;
  const rules = createTraceRules({ verifier: portableVerifier, networkId });

  const entry = (author: Member, { content, ...labels }: EntryDraft, sign = author.sign): DecodedEntry => {
    const { statement } = signEntry(network.fields({ ...author, sign }, labels), content, sign);
    const decoded = decodeEntry(statement, content, { networkId, rules });
    if (!decoded.ok) throw new Error(`${decoded.code}: ${decoded.detail}`);
    return decoded.value;
  };
  const block = (...entries: readonly DecodedEntry[]): readonly EntryId[] => {
    const { leftOut } = network.grow(entries);
    if (leftOut.length > 0) throw new Error(`${leftOut[0]?.code}: ${leftOut[0]?.detail}`);
    return entries.map(({ statement }) => statement.entryId);
  };

  block(entry(MAKER, productRegistration({ gtin: GTIN, name: 'Olive oil', attributes: { volume: '0.50' } })));
  block(
    entry(MAKER, itemCommissioning({ gtin: GTIN, serials: ['A1', 'A2', 'A3'], lot: 'L1' })),
    entry(MAKER, lotCommissioning({ gtin: GTIN, lot: 'L1', quantity: { value: '100.250', uom: 'LTR' } })),
  );
  block(
    entry(MAKER, captured({ type: 'AggregationEvent', action: 'ADD', eventID: 'urn:example:pack', parentID: CASE, childEPCs: [item('A1'), item('A2')], bizStep: 'packing' })),
    // Claims that contradict the ledger: a stranger's observation, and more consumed than there was.
    entry(RETAILER, captured({ type: 'ObjectEvent', action: 'OBSERVE', eventID: 'urn:example:seen', epcList: [item('A3')], bizStep: 'inspecting' })),
    entry(
      MAKER,
      captured({
        type: 'TransformationEvent',
        eventID: 'urn:example:blend',
        inputQuantityList: [{ epcClass: LOT, quantity: 120.5, uom: 'LTR' }],
        outputQuantityList: [{ epcClass: BLEND, quantity: 120, uom: 'LTR' }],
      }),
    ),
  );
  const [toCarrier] = block(entry(MAKER, transferOffer({ items: [CASE], to: CARRIER.did, transfers: 'custody' })));
  block(entry(CARRIER, transferAcceptance({ transfer: toCarrier as string })));
  const [toWholesaler, toRetailer] = block(
    entry(MAKER, transferOffer({ items: [CASE], to: WHOLESALER.did, transfers: 'ownership', reference: 'PO 7' })),
    entry(MAKER, transferOffer({ items: [item('A3')], to: RETAILER.did, transfers: 'both' })),
  );
  block(
    entry(WHOLESALER, transferRejection({ transfer: toWholesaler as string, reason: 'wrong order' })),
    entry(MAKER, transferCancellation({ transfer: toRetailer as string })),
  );
  const event = { type: 'ObjectEvent', action: 'OBSERVE', eventID: 'urn:example:seen', epcList: [item('A3')], bizStep: 'inspecting' };
  block(
    entry(RETAILER, captured({ ...event, errorDeclaration: { declarationTime: '2026-01-01T11:00:00Z', reason: 'did_not_occur' } })),
    entry(CARRIER, captured({ type: 'AggregationEvent', action: 'DELETE', eventID: 'urn:example:unpack', parentID: CASE, childEPCs: [item('A1')] })),
    entry(MAKER, captured({ type: 'ObjectEvent', action: 'DELETE', eventID: 'urn:example:destroy', epcList: [item('A3')], bizStep: 'destroying', disposition: 'destroyed' })),
  );
  const [recall] = block(entry(MAKER, recallOpening({ title: 'Glass', reason: 'broken bottle', items: [LOT, item('A2')] })));
  block(entry(WHOLESALER, recallAcknowledgement({ recall: recall as string, note: 'none here' })));
  block(entry(MAKER, recallClosing({ recall: recall as string })));
  const next = portableSigner(sha256(utf8Encode('lading test maker sign 2')));
  const proof = next.sign(rotationProofMessage({ networkId, organization: MAKER.did, purpose: 'sign', publicKey: next.publicKey }));
  block(entry(MAKER, keyRotation({ purpose: 'sign', publicKey: next.publicKey, proof, overlapBlocks: 0, revokeOld: true })));
  block(entry(MAKER, captured({ type: 'ObjectEvent', action: 'OBSERVE', eventID: 'urn:example:last', epcList: [item('A2')] }), next));

  return {
    genesis,
    blocks: network.blocks.slice(1).map(({ executed }) => ({
      height: executed.block.header.height,
      hash: executed.block.hash,
      stateRoot: toHex(executed.block.header.stateRoot),
      block: toHex(executed.block.bytes),
      outcome: toHex(encodeOutcome(executed.commit.outcome)),
    })),
  };
}
