import { Column, PrimaryColumn, type ValueTransformer } from 'typeorm';

/** `bigint` columns hold heights, counts and positions: safe integers, which the driver hands over as text. */
const SAFE_INTEGER: ValueTransformer = {
  from: (value: string | null) => (value === null ? null : Number(value)),
  to: (value: number | null) => value,
};

interface Options {
  readonly nullable?: boolean;
}

/** Text compared by byte. */
export const Text = (options: Options = {}): PropertyDecorator => Column({ type: 'text', collation: 'C', ...options });
export const KeyText = (constraint?: string): PropertyDecorator => PrimaryColumn({ type: 'text', collation: 'C', ...named(constraint) });
export const Whole = (options: Options = {}): PropertyDecorator => Column('bigint', { transformer: SAFE_INTEGER, ...options });
export const KeyWhole = (constraint?: string): PropertyDecorator => PrimaryColumn('bigint', { transformer: SAFE_INTEGER, ...named(constraint) });
export const Small = (options: Options = {}): PropertyDecorator => Column('integer', options);
export const KeySmall = (constraint?: string): PropertyDecorator => PrimaryColumn('integer', named(constraint));
/** Milliseconds are all that a block's or an event's time has. */
export const Time = (options: Options = {}): PropertyDecorator => Column({ type: 'timestamptz', precision: 3, ...options });
/** Exact; as text in JavaScript. */
export const Decimal = (options: Options = {}): PropertyDecorator => Column('numeric', options);
export const Flag = (): PropertyDecorator => Column('boolean');
export const Json = (options: Options = {}): PropertyDecorator => Column('jsonb', { nullable: false, ...options });

function named(constraint: string | undefined): { primaryKeyConstraintName?: string } {
  return constraint === undefined ? {} : { primaryKeyConstraintName: constraint };
}
