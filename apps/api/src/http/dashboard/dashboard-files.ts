import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { Injectable } from '@nestjs/common';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export interface Asset {
  readonly type: string;
  readonly content: Buffer;
  readonly gzipped: Buffer;
  readonly etag: string;
}

/**
 * The built dashboard (`npm run build`, apps/dashboard), read once when it is first asked for: names carry hashes of the contents, so
 * what a running node serves belongs together even while a new build is written.
 */
@Injectable()
export class DashboardFiles {
  private readonly assets = new Map<string, Asset>();
  private html: string | undefined;

  /** The page, with a nonce of its own, and the policy that goes with it. Undefined when the dashboard is not built. */
  page(): { readonly html: string; readonly contentSecurityPolicy: string } | undefined {
    this.html ??= this.load();
    if (this.html === undefined) return undefined;
    const nonce = randomBytes(16).toString('base64');
    return { html: this.html.replace('__CSP_NONCE__', nonce), contentSecurityPolicy: contentSecurityPolicy(nonce) };
  }

  /** @param name - of a file under `/assets`, from the page */
  asset(name: string): Asset | undefined {
    this.html ??= this.load();
    return this.assets.get(name);
  }

  private load(): string | undefined {
    const directory = builtDashboard();
    if (directory === undefined) return undefined;
    const html = readFileSync(join(directory, 'index.html'), 'utf8');
    for (const name of readdirSync(join(directory, 'assets'))) {
      const content = readFileSync(join(directory, 'assets', name));
      this.assets.set(name, {
        type: TYPES[extname(name)] ?? 'application/octet-stream',
        content,
        gzipped: gzipSync(content),
        etag: `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`,
      });
    }
    return html;
  }
}

/**
 * Everything from this node, no script or style in the page itself. Mantine makes a few style elements at run time: they carry the
 * nonce. Styles that React sets on elements go through the DOM and are not inline in the policy's sense.
 */
function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function builtDashboard(): string | undefined {
  for (
    let directory = dirname(fileURLToPath(import.meta.url));
    directory !== dirname(directory);
    directory = dirname(directory)
  ) {
    const built = join(directory, 'dist', 'dashboard');
    if (existsSync(join(built, 'index.html'))) return built;
  }
  return undefined;
}
