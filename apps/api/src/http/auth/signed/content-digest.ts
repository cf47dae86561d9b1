/** RFC 9530. Hashes that count, with the name that node:crypto has for them. */
const HASHES: Readonly<Record<string, string>> = { 'sha-256': 'sha256', 'sha-512': 'sha512' };

export interface ContentDigest {
  readonly hash: string;
  readonly value: Uint8Array;
}

/** The strongest digest that `Content-Digest` states and we know; undefined when there is none. */
export function parseContentDigest(header: string): ContentDigest | undefined {
  if (header.length > 1_024) return undefined;
  const members = header.split(',').map((member) => /^\s*([a-z0-9-]+)=:([A-Za-z0-9+/]+={0,2}):\s*$/.exec(member));
  if (members.includes(null)) return undefined;
  const known = members.flatMap((member) => {
    const hash = HASHES[member?.[1] ?? ''];
    return hash === undefined ? [] : [{ hash, value: Buffer.from(member?.[2] ?? '', 'base64') }];
  });
  return known.sort((a, b) => (a.hash < b.hash ? 1 : -1))[0];
}
