import { encodeCbor, type RecordType } from '#codec';
import { Places } from './places.js';

/** Things that one container may hold directly. */
export const CONTAINER_CHILDREN_MAX = 10_000;

/** State record `contents/<canonical key of the container>`: canonical keys of what is directly inside, sorted; never empty. */
export const CONTENTS: RecordType<readonly string[]> = {
  prefix: 'contents',
  encode: (children) => encodeCbor([children]),
  decode: (bytes) => new Places('contents', bytes, 1).texts(),
};
