export { LadingClient, bearer, type Arguments, type ClientOptions } from './client.js';
export { ProblemError } from './problem-error.js';
export type { ServerEvent } from './server-events.js';
export { OPERATIONS, type Operations, type QueryValue } from './api-types.js';
export type * as Api from './api-types.js';
