import { assertInvariant, encodeCbor, toHex, type CborValue, type RecordType } from '#codec';
import {
  BALLOT_CHOICES,
  PROPOSAL_ACTIONS,
  PROPOSAL_STATES,
  type Ballot,
  type GovernancePolicy,
  type Proposal,
  type ProposalId,
} from '../governance.types.js';
import type { Did } from '../names.js';
import { idBytes, isBytes32, isHeight, isList, isOptional, isText, present, readPlaces } from '../record-places.js';
import { actionPlace, readAction } from './action-codec.js';

/** `proposal/<entry id of its opening>` */
export const PROPOSAL: RecordType<Proposal> = {
  prefix: 'proposal',
  encode: (proposal) =>
    encodeCbor([
      PROPOSAL_STATES.indexOf(proposal.state),
      proposal.openedBy,
      proposal.openedHeight,
      proposal.expiresAt,
      proposal.effectHeight ?? null,
      actionPlace(proposal.action),
      proposal.ballots.map(({ organization, choice, height }) => [
        organization,
        BALLOT_CHOICES.indexOf(choice),
        height,
      ]),
      proposal.decided === undefined ? null : decidedPlace(proposal.decided),
      proposal.failure ?? null,
    ]),
  decode(bytes) {
    const [state, openedBy, openedHeight, expiresAt, effectHeight, action, ballots, decided, failure] = readPlaces(
      'proposal',
      bytes,
      9,
    );
    const stateName = PROPOSAL_STATES[state as number];
    assertInvariant(
      stateName !== undefined &&
        isText(openedBy) &&
        isHeight(openedHeight) &&
        isHeight(expiresAt) &&
        isOptional(effectHeight, isHeight) &&
        isList(ballots, (ballot) => isList(ballot, (place) => isText(place) || isHeight(place))) &&
        isOptional(decided, (place) => isList(place, isHeight) && place.length === 5) &&
        isOptional(failure, isText),
      'INV-STATE-2',
      { record: 'proposal' },
    );
    return {
      action: readAction(action),
      state: stateName,
      openedBy: openedBy as Did,
      openedHeight,
      expiresAt,
      ...present('effectHeight', effectHeight as number | null),
      ballots: ballots.map(readBallot),
      ...present('decided', isList(decided, isHeight) ? readDecided(decided as readonly number[]) : undefined),
      ...present('failure', failure as string | null),
    };
  },
};

function readBallot(place: CborValue): Ballot {
  const [organization, choice, height] = place as [Did, number, number];
  return { organization, choice: BALLOT_CHOICES[choice] ?? 'no', height };
}

function decidedPlace({ height, tally }: NonNullable<Proposal['decided']>): CborValue {
  return [height, tally.yes, tally.no, tally.validators, tally.needed];
}

function readDecided(places: readonly number[]): NonNullable<Proposal['decided']> {
  const [height, yes, no, validators, needed] = places as [number, number, number, number, number];
  return { height, tally: { yes, no, validators, needed } };
}

/** `policy/current`, absent while nothing differs from the defaults. Places in the order of `PROPOSAL_ACTIONS`. */
export const POLICY: RecordType<GovernancePolicy> = {
  prefix: 'policy',
  encode: (policy) => encodeCbor(PROPOSAL_ACTIONS.map((kind) => policy[kind] ?? null)),
  decode(bytes) {
    const places = readPlaces('policy', bytes, PROPOSAL_ACTIONS.length);
    assertInvariant(
      isList(places, (place) => isOptional(place, isHeight)),
      'INV-STATE-2',
      { record: 'policy' },
    );
    return Object.fromEntries(
      PROPOSAL_ACTIONS.flatMap((kind, place) => (places[place] === null ? [] : [[kind, places[place]]])),
    ) as GovernancePolicy;
  },
};

function proposalIds(prefix: string): RecordType<readonly ProposalId[]> {
  return {
    prefix,
    encode: (ids) => encodeCbor([ids.map(idBytes)]),
    decode(bytes) {
      const ids = readList(prefix, bytes);
      return ids.map((id) => toHex(id as Uint8Array) as ProposalId);
    },
  };
}

function readList(record: string, bytes: Uint8Array): readonly CborValue[] {
  const [list] = readPlaces(record, bytes, 1);
  assertInvariant(isList(list, isBytes32), 'INV-STATE-2', { record });
  return list;
}

/** `due/<height>`: the proposals that take effect at that height, in the order in which they do. */
export const DUE = proposalIds('due');

/** `open-proposals/<did>`: what an organisation opened and may still be open; looked through when it opens another. */
export const OPEN_PROPOSALS = proposalIds('open-proposals');

/** `invitation/<invitation id>`: the proposal that used it last. */
export const INVITATION: RecordType<ProposalId> = {
  prefix: 'invitation',
  encode: (id) => encodeCbor([idBytes(id)]),
  decode(bytes) {
    const [id] = readPlaces('invitation', bytes, 1);
    assertInvariant(isBytes32(id), 'INV-STATE-2', { record: 'invitation' });
    return toHex(id) as ProposalId;
  },
};
