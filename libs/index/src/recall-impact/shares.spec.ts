import { describe, expect, it } from '@jest/globals';
import type { TransformationEdgeDto } from '../trace/trace.types.js';
import { shareOf, sharesOf, shareText } from './shares.js';

let position = 0;
function made(output: string, inputs: Readonly<Record<string, string | null>>, at = ++position): TransformationEdgeDto[] {
  return Object.entries(inputs).map(([input, share]) => ({
    kind: 'transformation',
    input,
    output,
    transformationId: null,
    inputQuantity: null,
    outputQuantity: null,
    share,
    events: [at],
  }));
}

function shares(targets: string[], edges: TransformationEdgeDto[], memberships: [string, string][] = []): Record<string, string | null> {
  const found = sharesOf(new Set(targets), edges, memberships);
  return Object.fromEntries([...found].map(([id, share]) => [id, share === undefined ? null : shareText(share)]));
}

describe('the share of a product that comes from the targets', () => {
  it('multiplies along the way', () => {
    expect(shares(['raw'], [...made('dough', { raw: '0.4' }), ...made('cake', { dough: '0.5' })])).toEqual({ raw: '1', dough: '0.4', cake: '0.2' });
  });

  it('adds up what comes in by several ways, to the whole at most', () => {
    const edges = [...made('a', { raw: '0.5' }), ...made('b', { raw: '0.25' }), ...made('c', { a: '0.5', b: '0.5', raw: '0.1' })];
    expect(shares(['raw'], edges)).toMatchObject({ c: '0.475' });
    expect(shares(['x', 'y'], made('z', { x: '0.7', y: '0.7' }))).toMatchObject({ z: '1' });
  });

  it('is the greatest that one of several transformations gives', () => {
    expect(shares(['raw'], [...made('a', { raw: '0.1' }), ...made('a', { raw: '0.6' })])).toMatchObject({ a: '0.6' });
  });

  it('is not known where an input has none, nor after it, nor in a circle', () => {
    expect(shares(['raw'], [...made('a', { raw: null }), ...made('b', { a: '0.5' })])).toEqual({ raw: '1', a: null, b: null });
    const circle = shares(['raw'], [...made('a', { raw: '0.5', b: '0.5' }), ...made('b', { a: '1' })]);
    expect([circle['a'], circle['b']]).toEqual([undefined, undefined]);
  });

  it('of a serial is that of its lot', () => {
    expect(shares(['raw'], made('lot', { raw: '0.3' }), [['lot', 'serial']])).toMatchObject({ serial: '0.3' });
  });

  it('is rounded up', () => {
    expect(shares(['raw'], [...made('a', { raw: '0.333333' }), ...made('b', { a: '0.333333' })])).toEqual({ raw: '1', a: '0.333334', b: '0.111112' });
    expect(shareOf(10n, 333_334n)).toBe(4n);
  });
});
