import { createPublicKey, verify } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parseSignature, parseSignatureInput } from './parse-signature-input.js';
import { signatureBase, type SignedMessage } from './signature-base.js';

interface Case {
  readonly id: string;
  readonly valid: boolean;
  readonly message: string;
  readonly signature_base?: string;
  readonly signature_headers?: string;
}

/** RFC 9421 appendix B. */
const FILE = join(import.meta.dirname, '../../../../../../../shared/vectors/http-signatures/ed25519-cases.json');
const isThere = existsSync(FILE);
const vectors = (isThere ? JSON.parse(readFileSync(FILE, 'utf8')) : { cases: [] }) as {
  readonly 'test-key-ed25519'?: { readonly public_spki_der_b64: string };
  readonly 'B.4_signature_base'?: string;
  readonly cases: readonly Case[];
};

/** A request as it stands in the RFC. */
function readMessage(text: string): SignedMessage {
  const [requestLine = '', ...lines] = (text.split('\n\n', 1)[0] ?? '').split('\n');
  const [method = '', target = ''] = requestLine.split(' ');
  const headers: Record<string, string[]> = {};
  for (const line of lines) {
    const at = line.indexOf(':');
    (headers[line.slice(0, at).toLowerCase()] ??= []).push(line.slice(at + 1));
  }
  const flat = Object.entries(headers).map(([name, values]) => [
    name,
    values.length === 1 ? values[0]?.trim() : values,
  ]);
  return { method, target, scheme: 'https', headers: Object.fromEntries(flat) as SignedMessage['headers'] };
}

(isThere ? describe : describe.skip)(
  `Signatures of RFC 9421, appendix B${isThere ? '' : ' (skipped: ../shared/vectors/http-signatures is absent)'}`,
  () => {
    const key = isThere
      ? createPublicKey({
          key: Buffer.from(vectors['test-key-ed25519']?.public_spki_der_b64 ?? '', 'base64'),
          format: 'der',
          type: 'spki',
        })
      : undefined;

    it.each(vectors.cases)('$id: $valid', ({ valid, message: text, signature_base, signature_headers }) => {
      const [head = '', ...body] = text.split('\n\n');
      const message = readMessage([[head, signature_headers].filter(Boolean).join('\n'), ...body].join('\n\n'));
      const input = parseSignatureInput(String(message.headers['signature-input']));
      if (input === undefined || key === undefined) throw new Error('not read');
      const base = signatureBase(message, input);
      if (signature_base !== undefined) expect(base).toBe(signature_base);
      else if (valid) expect(base).toBe(vectors['B.4_signature_base']);
      const signature = parseSignature(String(message.headers['signature']), input.label) as Uint8Array;
      expect(verify(null, Buffer.from(base ?? ''), key, signature)).toBe(valid);
    });
  },
);
