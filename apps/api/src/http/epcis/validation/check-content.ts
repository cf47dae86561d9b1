import { JsonObject, type JsonValue } from '#codec';
import { readEpcisContent, readMasterData, type EpcisEvent } from '#trace';
import { ApiProblem, type ProblemDetail } from '../../problem/problem.js';
import { checkVocabulary } from './check-vocabulary.js';

/** A document with many mistakes usually has one mistake many times. */
const PROBLEMS_MAX = 50;

export interface CheckedContent {
  /** Empty when the shape is not right. */
  readonly events: readonly EpcisEvent[];
  readonly problems: readonly ProblemDetail[];
}

/** Judges a document or a bare event as the standard's JSON schema does: first the shape, as the ledger's rules will, then the words. */
export function problemsOfContent(json: JsonValue): CheckedContent {
  const content = readEpcisContent(json);
  if (!content.ok) {
    const { code, detail, pointer } = content;
    return { events: [], problems: [{ code, detail, ...(pointer !== undefined && { pointer }) }] };
  }
  const { events } = content.value;
  const problems: ProblemDetail[] = [];
  if (json instanceof JsonObject) readMasterData(json, (code, detail, pointer) => problems.push({ code, detail, pointer }));
  for (const event of events) {
    if (problems.length >= PROBLEMS_MAX) break;
    problems.push(...checkVocabulary(event));
  }
  return { events, problems: problems.slice(0, PROBLEMS_MAX) };
}

/** @param problems - at least one; the first gives the refusal its code */
export function refusalOf(problems: readonly ProblemDetail[]): ApiProblem {
  const { code, detail } = problems[0] as ProblemDetail;
  return new ApiProblem(code, detail, problems);
}
