/**
 * The two ways a call can end when bad input is expected: a value, or a failure with a stable code.
 * A broken invariant is not a failure; see `assertInvariant`.
 */
export interface Success<T> {
  readonly ok: true;
  readonly value: T;
}

/** A refusal. `code` is part of the public interface (docs/reference/errors.md); `detail` is a sentence for people. */
export interface Failure<C extends string = string> {
  readonly ok: false;
  readonly code: C;
  readonly detail: string;
  /** RFC 6901 pointer into the JSON document that was judged, where there is one. */
  readonly pointer?: string;
}

export type Result<T, C extends string = string> = Success<T> | Failure<C>;

export function success<T>(value: T): Success<T> {
  return { ok: true, value };
}

export function failure<C extends string>(code: C, detail: string, pointer?: string): Failure<C> {
  return pointer === undefined ? { ok: false, code, detail } : { ok: false, code, detail, pointer };
}
