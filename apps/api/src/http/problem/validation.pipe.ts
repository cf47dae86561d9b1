import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { z } from 'zod';
import { ApiProblem, type ProblemDetail } from './problem.js';

const ISSUES_MAX = 50;

/**
 * Validates what `@Body`, `@Query` and `@Param` take against the zod schema that the decorator names. Unlike Nest's own
 * pipe it is synchronous and tells where in the document each fault lies.
 */
@Injectable()
export class ValidationPipe implements PipeTransform {
  transform(value: unknown, metadata: ArgumentMetadata): unknown {
    const { schema } = metadata;
    if (!(schema instanceof z.ZodType)) return value;
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    const isBody = metadata.type === 'body';
    const errors = result.error.issues.slice(0, ISSUES_MAX).flatMap((issue) => detailsOf(issue, isBody, metadata.data));
    const first = errors[0] as ProblemDetail;
    throw new ApiProblem(
      'API_INVALID_REQUEST',
      `${first.pointer ?? first.parameter ?? ''}: ${first.detail}`.replace(/^: /, ''),
      errors,
    );
  }
}

function detailsOf(issue: z.core.$ZodIssue, isBody: boolean, parameter: string | undefined): ProblemDetail[] {
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    // Of several shapes, the one that the client came closest to is the one that it meant.
    const closest = issue.errors.reduce((best, other) => (other.length < best.length ? other : best));
    return closest.flatMap((inner) => detailsOf({ ...inner, path: [...issue.path, ...inner.path] }, isBody, parameter));
  }
  const place = (path: readonly PropertyKey[]) =>
    isBody ? { pointer: pointerOf(path) } : { parameter: parameter ?? path.map(String).join('.') };
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      ...place([...issue.path, key]),
      detail: 'This field is not known.',
      code: 'API_FIELD_UNKNOWN',
    }));
  }
  const isMissing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
  return [
    {
      ...place(issue.path),
      detail: isMissing ? 'This field is required.' : issue.message,
      code: isMissing ? 'API_FIELD_REQUIRED' : 'API_FIELD_INVALID',
    },
  ];
}

/** RFC 6901. The whole document is the empty string. */
export function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
