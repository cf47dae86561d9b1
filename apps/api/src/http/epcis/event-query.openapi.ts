import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiQuery, type ApiHeaderOptions } from '@nestjs/swagger';
import { EPC_FORMATS } from '#trace';

export const EPC_FORMAT_HEADER: ApiHeaderOptions = {
  name: 'GS1-EPC-Format',
  required: false,
  schema: { type: 'string', enum: [...EPC_FORMATS], default: 'Always_GS1_Digital_Link' },
  description: 'How EPCs are spelled in the answer.',
};

/** The frame of an event query in this server's OpenAPI document; the filters are those of the standard and are not repeated. */
export function ApiEventQuery(): MethodDecorator {
  return applyDecorators(
    ApiHeader(EPC_FORMAT_HEADER),
    ApiHeader({
      name: 'GS1-Extensions',
      required: false,
      schema: { type: 'string' },
      description: 'What the prefixes in names of parameters stand for: `example=http://ns.example.com/epcis/,…`.',
    }),
    ApiPaging(),
    ApiQuery({
      name: 'filters',
      required: false,
      style: 'form',
      explode: true,
      schema: { type: 'object', additionalProperties: { type: 'string' } },
      description:
        'Query parameters of EPCIS 2.0, for instance `EQ_bizStep=shipping|receiving&GE_eventTime=2026-01-01T00:00:00Z`.',
    }),
  );
}

export function ApiPaging(): MethodDecorator {
  return applyDecorators(
    ApiQuery({
      name: 'perPage',
      required: false,
      schema: { type: 'integer', minimum: 1, maximum: 1_000, default: 30 },
      description: 'Members of a page.',
    }),
    ApiQuery({
      name: 'nextPageToken',
      required: false,
      schema: { type: 'string' },
      description: 'Follow the `Link` header instead of building this.',
    }),
  );
}
