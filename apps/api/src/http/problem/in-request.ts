import { ApiProblem, type ProblemDetail } from './problem.js';

/** Where a thing that a pointer names within an entry's content stood in the request. */
export type PlaceInRequest = Pick<ProblemDetail, 'pointer' | 'parameter'>;

/**
 * Runs a write whose entry is put together from path and body. Refusals point into the entry's content; the client is told where the thing stood
 * in its request.
 *
 * @param places - by pointer into the content; other pointers are those of the body
 */
export async function toldInRequest<T>(
  places: ReadonlyMap<string, PlaceInRequest>,
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (thrown) {
    if (!(thrown instanceof ApiProblem) || !thrown.errors.some(({ pointer }) => places.has(pointer ?? '')))
      throw thrown;
    const errors = thrown.errors.map(({ pointer, ...error }) => ({
      ...(places.get(pointer ?? '') ?? (pointer === undefined ? {} : { pointer })),
      ...error,
    }));
    throw new ApiProblem(thrown.code, thrown.detail, errors, thrown.headers);
  }
}
