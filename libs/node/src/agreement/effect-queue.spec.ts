import { describe, expect, it } from '@jest/globals';
import type { Effect } from '#consensus';
import { EffectQueue } from './effect-queue.js';

const persist: Effect = { type: 'Persist', record: { height: 1, round: 0, kind: 'prepare', digest: '', message: new Uint8Array() } };
const timer = (round: number): Effect => ({ type: 'StartTimer', timer: { kind: 'round', height: 1, round }, afterMs: 1 });

function queue(): { queue: EffectQueue; done: number[]; disk: (() => void)[]; written: number[] } {
  const done: number[] = [];
  const disk: (() => void)[] = [];
  const written: number[] = [];
  const effects = new EffectQueue(
    (records, onDurable) => {
      written.push(records.length);
      disk.push(onDurable);
    },
    (effect) => void done.push(effect.type === 'StartTimer' ? effect.timer.round : -1),
  );
  return { queue: effects, done, disk, written };
}

describe('EffectQueue', () => {
  it('holds back everything after a Persist until it is durable, also of later steps', () => {
    const { queue: effects, done, disk } = queue();
    effects.push([timer(1), persist, timer(2)]);
    effects.push([timer(3)]);
    expect(done).toEqual([1]);
    disk[0]?.();
    expect(done).toEqual([1, 2, 3]);
  });

  it('writes records that follow each other together, and later ones only after what stands between', () => {
    const { queue: effects, done, disk, written } = queue();
    effects.push([persist, persist, timer(1), persist, timer(2)]);
    expect(disk).toHaveLength(1);
    expect(written).toEqual([2]);
    disk[0]?.();
    expect(done).toEqual([1]);
    expect(disk).toHaveLength(2);
    disk[1]?.();
    expect(done).toEqual([1, 2]);
  });

  it('carries out effects that performing another one caused after those that were there before', () => {
    const done: number[] = [];
    const effects: EffectQueue = new EffectQueue(
      (_effect, onDurable) => onDurable(),
      (effect) => {
        if (effect.type !== 'StartTimer') return;
        done.push(effect.timer.round);
        if (effect.timer.round === 1) effects.push([timer(3)]);
      },
    );
    effects.push([timer(1), timer(2)]);
    expect(done).toEqual([1, 2, 3]);
  });
});
