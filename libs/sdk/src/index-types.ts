export type * as Api from './api-types.js';
