/** One member of `Signature-Input`: what is covered, and the parameters (RFC 9421 section 2.3). */
export interface SignatureInput {
  readonly label: string;
  /** Component names without parameters, in order. */
  readonly components: readonly string[];
  readonly created: number | undefined;
  readonly expires: number | undefined;
  readonly nonce: string | undefined;
  readonly keyId: string | undefined;
  readonly algorithm: string | undefined;
  /** The member's value exactly as sent: the last line of the signature base. */
  readonly text: string;
}

const LENGTH_MAX = 4_096;
const PARAMETERS = ['created', 'expires', 'nonce', 'keyid', 'alg', 'tag'];
const MEMBER = /^([a-z*][a-z0-9_.*-]*)=(\(([^()]*)\)((?:;[a-z]+=(?:"[^"\\]*"|-?\d{1,15}))*))$/;
const COMPONENT = /^"((?:@[a-z-]+|[a-z0-9!#$%&'*+.^_`|~-]+))"$/;

/**
 * Reads a `Signature-Input` of exactly one signature, in the part of RFC 8941 and RFC 9421 that Lading takes: components
 * without parameters, each named once; the registered parameters, each once.
 * @returns undefined for everything else
 */
export function parseSignatureInput(header: string): SignatureInput | undefined {
  if (header.length > LENGTH_MAX) return undefined;
  const match = MEMBER.exec(header.trim());
  if (match === null) return undefined;
  const [, label = '', text = '', list = '', rest = ''] = match;
  const components = list.trim() === '' ? [] : list.trim().split(/ +/).map(componentOf);
  if (components.includes(undefined) || new Set(components).size !== components.length) return undefined;
  const parameters = parametersOf(rest);
  if (parameters === undefined) return undefined;
  const created = numberOf(parameters.get('created'));
  const expires = numberOf(parameters.get('expires'));
  const texts = ['nonce', 'keyid', 'alg'].map((name) => textOf(parameters.get(name)));
  if ([created, expires, ...texts].includes(null)) return undefined;
  const [nonce, keyId, algorithm] = texts as (string | undefined)[];
  return {
    label,
    components: components as string[],
    created: created ?? undefined,
    expires: expires ?? undefined,
    nonce,
    keyId,
    algorithm,
    text,
  };
}

/** The signature that the header `Signature` has for a label, as bytes. */
export function parseSignature(header: string, label: string): Uint8Array | undefined {
  if (header.length > LENGTH_MAX) return undefined;
  const match = /^([a-z*][a-z0-9_.*-]*)=:([A-Za-z0-9+/]+={0,2}):$/.exec(header.trim());
  return match?.[1] === label ? Buffer.from(match[2] as string, 'base64') : undefined;
}

function componentOf(text: string): string | undefined {
  return COMPONENT.exec(text)?.[1];
}

function parametersOf(text: string): Map<string, string> | undefined {
  const parameters = new Map<string, string>();
  for (const [, name = '', value = ''] of text.matchAll(/;([a-z]+)=("[^"\\]*"|-?\d+)/g)) {
    if (!PARAMETERS.includes(name) || parameters.has(name)) return undefined;
    parameters.set(name, value);
  }
  return parameters;
}

/** @returns null for a value of the wrong type */
function numberOf(value: string | undefined): number | undefined | null {
  if (value === undefined) return undefined;
  return value.startsWith('"') ? null : Number(value);
}

function textOf(value: string | undefined): string | undefined | null {
  if (value === undefined) return undefined;
  // Printable ASCII, as RFC 8941 has strings.
  return /^"[\x20-\x7e]*"$/.test(value) ? value.slice(1, -1) : null;
}
