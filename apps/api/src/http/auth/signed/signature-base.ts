import type { SignatureInput } from './parse-signature-input.js';

/** A request as it came, before anything interprets it. */
export interface SignedMessage {
  readonly method: string;
  /** `https` or `http`, as the client sees it. */
  readonly scheme: string;
  /** Of the request line: path and query, as sent. */
  readonly target: string;
  /** Names in lower case; a header that came several times has several values. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/**
 * The bytes that a signature is over (RFC 9421 section 2.5).
 * @returns undefined when something that is covered is not there or not known
 */
export function signatureBase(
  message: SignedMessage,
  input: Pick<SignatureInput, 'components' | 'text'>,
): string | undefined {
  const lines: string[] = [];
  for (const name of input.components) {
    const value = name.startsWith('@') ? derivedComponent(message, name) : fieldValue(message, name);
    if (value === undefined) return undefined;
    lines.push(`"${name}": ${value}`);
  }
  return [...lines, `"@signature-params": ${input.text}`].join('\n');
}

/** Host in lower case, without the scheme's own port (section 2.2.3). */
export function authorityOf({ headers, scheme }: SignedMessage): string | undefined {
  const { host } = headers;
  if (typeof host !== 'string') return undefined;
  return host.toLowerCase().replace(scheme === 'https' ? /:443$/ : /:80$/, '');
}

function derivedComponent(message: SignedMessage, name: string): string | undefined {
  const [path = '', query] = split(message.target);
  switch (name) {
    case '@method':
      return message.method;
    case '@authority':
      return authorityOf(message);
    case '@scheme':
      return message.scheme;
    case '@target-uri':
      return `${message.scheme}://${authorityOf(message)}${message.target}`;
    case '@request-target':
      return message.target;
    case '@path':
      return path === '' ? '/' : path;
    case '@query':
      return `?${query ?? ''}`;
    default:
      return undefined;
  }
}

function split(target: string): [string, string | undefined] {
  const at = target.indexOf('?');
  return at < 0 ? [target, undefined] : [target.slice(0, at), target.slice(at + 1)];
}

/** Values in order, trimmed, obsolete folding undone (section 2.1). */
function fieldValue({ headers }: SignedMessage, name: string): string | undefined {
  const value = headers[name];
  if (value === undefined) return undefined;
  return [value]
    .flat()
    .map((each) => each.trim().replace(/[ \t]*\r?\n[ \t]+/g, ' '))
    .join(', ');
}
