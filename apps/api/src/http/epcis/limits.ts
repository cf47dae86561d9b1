import { EVENTS_PER_ENTRY_MAX } from '#trace';

/** A document that is recorded event by event may be larger than one entry's content. */
export const CAPTURE_BYTES_MAX = 16 * 1024 * 1024;

/** Headers of discovery, and of the answer to a document that is beyond them. */
export const CAPTURE_LIMITS: Readonly<Record<string, string>> = {
  'GS1-EPCIS-Capture-Limit': String(EVENTS_PER_ENTRY_MAX),
  'GS1-EPCIS-Capture-File-Size-Limit': String(CAPTURE_BYTES_MAX),
};
