import { Entity } from 'typeorm';
import { Json, KeyText, Text, Time } from './columns.js';

/** A query that was given a name (EPCIS 2.0 REST bindings, `/queries`). */
@Entity('named_query')
export class NamedQueryRow {
  @KeyText('named_query_pkey') name!: string;
  /** The query's JSON object as its author wrote it. */
  @Text() query!: string;
  /** What the prefixes in it stand for, beside those of its own `@context`. */
  @Json() namespaces!: Readonly<Record<string, string>>;
  @Time() createdAt!: Date;
}
