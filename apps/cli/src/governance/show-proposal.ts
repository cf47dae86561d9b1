import { formatTable } from '../output.js';

/** What the API says of a proposal, as far as it is shown. */
export interface ShownProposal {
  readonly id: string;
  readonly state: string;
  readonly sentence: string;
  readonly reason: string | null;
  readonly opened: { readonly author: string; readonly height: number; readonly blockTime: string };
  readonly expiresAt: number;
  readonly effectHeight: number | null;
  readonly failure: string | null;
  readonly tally: { readonly yes: number; readonly no: number; readonly validators: number; readonly needed: number };
  readonly changes: readonly Change[];
  readonly ballots: readonly {
    readonly organization: string;
    readonly choice: string;
    readonly keyId: string;
    readonly reason: string | null;
    readonly entry: { readonly height: number; readonly blockTime: string };
  }[];
}

interface Change {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

interface Figures {
  readonly validators: number;
  readonly quorum: number;
  readonly tolerated: number;
}

export interface ShownSimulation {
  readonly sentence: string;
  readonly refusal: { readonly code: string; readonly detail: string } | null;
  readonly tally: { readonly needed: number; readonly validators: number };
  readonly before: Figures;
  readonly after: Figures;
  readonly offline: readonly string[];
  readonly reachable: number;
  readonly warning: string | null;
}

export function showProposal(proposal: ShownProposal): string {
  const { id, state, sentence, reason, opened, expiresAt, effectHeight, failure, tally, changes, ballots } = proposal;
  const lines = [
    sentence,
    ...(reason === null ? [] : [`“${reason}”`]),
    `${id}, opened by ${opened.author} at height ${opened.height} (${opened.blockTime})`,
    `${state}${failure === null ? '' : ` (${failure})`}: ${tally.yes} yes of ${tally.needed} needed, ${tally.no} no, ${tally.validators} validators`,
    `ballots up to height ${expiresAt}${effectHeight === null ? '' : `, effect at height ${effectHeight}`}`,
  ];
  const voted = ballots.map(({ organization, choice, keyId, reason: why, entry }) => [
    organization,
    choice,
    String(entry.height),
    keyId.slice(0, 8),
    why ?? '',
  ]);
  return [
    ...lines.map((line) => `  ${line}`),
    '',
    formatTable(
      ['Changes', 'from', 'to'],
      changes.map(({ field, before, after }) => [field, textOf(before), textOf(after)]),
    ),
    '',
    formatTable(['Ballot of', '', 'Height', 'Key', 'Why'], voted),
  ].join('\n');
}

export function showSimulation(simulation: ShownSimulation): string {
  const { sentence, refusal, tally, before, after, offline, reachable, warning } = simulation;
  const figures = ({ validators, quorum, tolerated }: Figures): string =>
    `${validators} validators, ${quorum} must seal, ${tolerated} may fail`;
  return [
    sentence,
    `Needs ${tally.needed} of ${tally.validators} ballots.`,
    `Before: ${figures(before)}.`,
    `After:  ${figures(after)}; ${reachable} can be reached${offline.length === 0 ? '' : `, not ${offline.join(', ')}`}.`,
    ...(refusal === null ? [] : [`The rules refuse it now: ${refusal.detail} (${refusal.code}).`]),
    ...(warning === null ? [] : [warning]),
  ]
    .map((line) => `  ${line}`)
    .join('\n');
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '–';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
}
