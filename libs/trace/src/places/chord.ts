import type { GeoPoint } from './geo-uri.js';

/** Sines and cosines are whole numbers of 10⁻¹². */
const ONE = 1_000_000_000_000n;
const SIN_1_DEGREE = 17_452_406_437n;
const COS_1_DEGREE = 999_847_695_156n;
const EARTH_RADIUS_METRES = 6_371_000n;
const MICRO = 1_000_000;

/** Sine of 0..90 whole degrees, by turning a vector one degree at a time: whole numbers, the same on every machine. */
const SINES: readonly bigint[] = sines();

function sines(): bigint[] {
  const values: bigint[] = [];
  let [sin, cos] = [0n, ONE];
  for (let degrees = 0; degrees <= 90; degrees++) {
    values.push(sin);
    [sin, cos] = [(sin * COS_1_DEGREE + cos * SIN_1_DEGREE) / ONE, (cos * COS_1_DEGREE - sin * SIN_1_DEGREE) / ONE];
  }
  return values;
}

/**
 * Square of the straight line through the Earth between two places, in square metres: never longer than any way over it. The
 * error is below a kilometre.
 */
export function squaredChord(from: GeoPoint, to: GeoPoint): bigint {
  const a = direction(from);
  const b = direction(to);
  const squared = a.reduce((sum, value, i) => sum + (value - (b[i] as bigint)) ** 2n, 0n);
  return (squared * EARTH_RADIUS_METRES ** 2n) / ONE ** 2n;
}

/** From the centre of the Earth, length `ONE`. */
function direction({ latitude, longitude }: GeoPoint): readonly bigint[] {
  const across = cosine(latitude);
  return [(across * cosine(longitude)) / ONE, (across * sine(longitude)) / ONE, sine(latitude)];
}

/** @param angle - in millionths of a degree, −180..180 degrees */
function sine(angle: number): bigint {
  if (angle < 0) return -sine(-angle);
  const folded = angle > 90 * MICRO ? 180 * MICRO - angle : angle;
  const degrees = Math.floor(folded / MICRO);
  const low = SINES[degrees] as bigint;
  const high = SINES[degrees + 1] ?? low;
  return low + ((high - low) * BigInt(folded % MICRO)) / BigInt(MICRO);
}

function cosine(angle: number): bigint {
  return sine(90 * MICRO - Math.abs(angle));
}
