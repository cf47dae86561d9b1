import { JsonObject, parseStrictJson, type JsonValue } from '#codec';
import { readDateTime } from '#trace';
import { ApiProblem, problemOfFailure } from '../../problem/problem.js';
import { readDestination, type DestinationPolicy } from './destination.js';
import { readSchedule, SCHEDULE_FIELDS, type Schedule, type ScheduleText } from './schedule.js';

/** When a subscriber is told, and from when on: what a webhook and a WebSocket have in common. */
export interface SubscriptionControls {
  /** Undefined: as soon as an event matches. */
  readonly schedule: { readonly text: ScheduleText; readonly times: Schedule } | undefined;
  readonly reportIfEmpty: boolean;
  /** Undefined: from now on. */
  readonly initialRecordTime: Date | undefined;
}

export interface WebhookRequest extends SubscriptionControls {
  readonly dest: string;
  readonly signatureToken: string | undefined;
}

/** Long enough not to be guessed, and short enough for a header of its digest to stay what it is. */
const TOKEN_LENGTH = { min: 16, max: 512 };
const MEMBERS = ['dest', 'signatureToken', 'secret', 'initialRecordTime', 'reportIfEmpty', 'stream', 'schedule'];

/**
 * Reads the body of `POST /queries/{queryName}/subscriptions`.
 *
 * @throws ApiProblem JSON_…, EPCIS_SUBSCRIPTION_CONTROLS with a pointer
 */
export function readWebhookRequest(bytes: Uint8Array, policy: DestinationPolicy): WebhookRequest {
  const json = parseStrictJson(bytes);
  if (!json.ok) throw problemOfFailure(json);
  if (!(json.value instanceof JsonObject)) throw controlsProblem('', 'A subscription is a JSON object.');
  const { members } = json.value;
  for (const name of members.keys()) {
    if (!MEMBERS.includes(name))
      throw controlsProblem(`/${pointerPart(name)}`, `A subscription has no member ${name.slice(0, 100)}.`);
  }
  const dest = members.get('dest');
  if (typeof dest !== 'string') throw controlsProblem('/dest', 'Give the URL to call as dest.');
  const url = readDestination(dest, policy);
  if (typeof url === 'string') throw controlsProblem('/dest', url);
  return {
    dest: url.href,
    signatureToken: readToken(members),
    ...readControls({
      stream: members.get('stream'),
      schedule: scheduleOf(members.get('schedule')),
      reportIfEmpty: members.get('reportIfEmpty'),
      initialRecordTime: members.get('initialRecordTime'),
      at: (name) => `/${name}`,
    }),
  };
}

/** Of a WebSocket's URL: the standard's parameters as text. @throws ApiProblem EPCIS_SUBSCRIPTION_CONTROLS */
export function readSocketControls(parameters: ReadonlyMap<string, string>): SubscriptionControls {
  const fields = SCHEDULE_FIELDS.flatMap((field) => {
    const value = parameters.get(field);
    return value === undefined ? [] : [[field, value] as const];
  });
  const flag = (name: string): JsonValue | undefined => {
    const value = parameters.get(name);
    return value === 'true' ? true : value === 'false' ? false : value;
  };
  return readControls({
    stream: flag('stream'),
    schedule: fields.length === 0 ? undefined : Object.fromEntries(fields),
    reportIfEmpty: flag('reportIfEmpty'),
    initialRecordTime: parameters.get('initialRecordTime'),
    at: () => '',
  });
}

/** The standard's exception for what a subscription says; its OpenAPI file gives it this media type. */
export function controlsProblem(pointer: string, detail: string, code = 'EPCIS_SUBSCRIPTION_CONTROLS'): ApiProblem {
  return new ApiProblem(code, detail, [{ pointer, detail, code }], { 'content-type': 'application/json' });
}

interface GivenControls {
  readonly stream: JsonValue | undefined;
  readonly schedule: ScheduleText | undefined;
  readonly reportIfEmpty: JsonValue | undefined;
  readonly initialRecordTime: JsonValue | undefined;
  readonly at: (name: string) => string;
}

function readControls({ stream, schedule, reportIfEmpty, initialRecordTime, at }: GivenControls): SubscriptionControls {
  if (stream !== undefined && stream !== true) throw controlsProblem(at('stream'), 'stream is true, or absent.');
  if (stream === true && schedule !== undefined)
    throw controlsProblem(at('schedule'), 'A subscription has a schedule or stream, not both.');
  if (stream === undefined && schedule === undefined)
    throw controlsProblem(
      '',
      'Say when to report: a schedule, or "stream": true for every event as soon as it is recorded.',
    );
  if (reportIfEmpty !== undefined && typeof reportIfEmpty !== 'boolean')
    throw controlsProblem(at('reportIfEmpty'), 'reportIfEmpty is true or false.');
  if (reportIfEmpty === true && schedule === undefined)
    throw controlsProblem(at('reportIfEmpty'), 'reportIfEmpty belongs to a schedule: a stream is never empty.');
  const time = typeof initialRecordTime === 'string' ? readDateTime(initialRecordTime) : undefined;
  if (initialRecordTime !== undefined && time === undefined)
    throw controlsProblem(
      at('initialRecordTime'),
      'initialRecordTime is a date-time with an offset, for instance 2026-01-01T00:00:00Z.',
    );
  return {
    schedule: schedule === undefined ? undefined : { text: schedule, times: timesOf(schedule, at) },
    reportIfEmpty: reportIfEmpty === true,
    initialRecordTime: time === undefined ? undefined : new Date(time),
  };
}

function timesOf(text: ScheduleText, at: (name: string) => string): Schedule {
  const read = readSchedule(text);
  if (read.ok) return read.schedule;
  throw controlsProblem(
    read.field === undefined || at('') === '' ? at('schedule') : `/schedule/${read.field}`,
    read.detail,
  );
}

function scheduleOf(value: JsonValue | undefined): ScheduleText | undefined {
  if (value === undefined) return undefined;
  if (!(value instanceof JsonObject)) throw controlsProblem('/schedule', 'A schedule is an object.');
  for (const [name, field] of value.members) {
    if (!(SCHEDULE_FIELDS as readonly string[]).includes(name))
      throw controlsProblem(`/schedule/${pointerPart(name)}`, `A schedule has ${SCHEDULE_FIELDS.join(', ')}.`);
    if (typeof field !== 'string')
      throw controlsProblem(`/schedule/${name}`, `${name} is text, for instance "0" or "[9-17]".`);
  }
  return Object.fromEntries(value.members) as ScheduleText;
}

/** The standard's text calls it signatureToken, the list of required members in its OpenAPI file secret. */
function readToken(members: ReadonlyMap<string, JsonValue>): string | undefined {
  const token = members.get('signatureToken') ?? members.get('secret');
  if (token === undefined) return undefined;
  const { min, max } = TOKEN_LENGTH;
  if (typeof token !== 'string' || token.length < min || token.length > max || token.includes('\0'))
    throw controlsProblem(
      members.has('signatureToken') ? '/signatureToken' : '/secret',
      `A token is text of ${min} to ${max} characters that nobody can guess.`,
    );
  if (members.has('signatureToken') && members.has('secret'))
    throw controlsProblem('/secret', 'signatureToken and secret are the same: give one.');
  return token;
}

function pointerPart(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
