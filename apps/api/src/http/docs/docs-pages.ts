import { Injectable } from '@nestjs/common';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OpenAPIObject } from '@nestjs/swagger';

/** Files of Swagger UI (a dependency of @nestjs/swagger) that the reference page loads from this node. */
const UI_FILES: Readonly<Record<string, string>> = {
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'swagger-ui.css': 'text/css; charset=utf-8',
};
const START_SCRIPT = `window.ui = SwaggerUIBundle({ url: '/openapi.json', dom_id: '#reference', deepLinking: true, validatorUrl: null });\n`;

const TABLE_STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1b1f24;background:#fff}' +
  'table{border-collapse:collapse}th,td{text-align:left;vertical-align:top;padding:.4rem .8rem;border-bottom:1px solid #d8dee4}' +
  'code{font-size:.9em}tr:target{background:#fff3bf}';

/** What `/docs` serves. Nothing is fetched from elsewhere: a node may stand in a network without a way out. */
@Injectable()
export class DocsPages {
  private openApi = '{}';

  /** Called once, when the routes are known. */
  describe(document: OpenAPIObject): void {
    this.openApi = JSON.stringify(document);
  }

  openApiJson(): string {
    return this.openApi;
  }

  reference(): string {
    return htmlPage(
      'Lading API',
      '<link rel="stylesheet" href="/docs/assets/swagger-ui.css">',
      '<div id="reference"></div><script src="/docs/assets/swagger-ui-bundle.js"></script><script src="/docs/assets/start.js"></script>',
    );
  }

  async asset(name: string): Promise<{ readonly type: string; readonly content: string | Buffer } | undefined> {
    if (name === 'start.js') return { type: 'text/javascript; charset=utf-8', content: START_SCRIPT };
    const type = Object.hasOwn(UI_FILES, name) ? UI_FILES[name] : undefined;
    return type === undefined ? undefined : { type, content: await readFile(join(uiDirectory(), name)) };
  }

  /** docs/reference/errors.md as a page, with one anchor per code, so that a problem's `type` leads to its row. */
  async errors(): Promise<string> {
    const rows = tableRows(await errorsReference());
    const body = rows.map(
      ([code, status, meaning]) =>
        `<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${withCode(escapeHtml(meaning))}</td></tr>`,
    );
    return htmlPage(
      'Lading error codes',
      `<style>${TABLE_STYLE}</style>`,
      `<h1>Error codes</h1><table><tr><th>Code</th><th>Status</th><th>Meaning, and what to do</th></tr>${body.join('')}</table>`,
    );
  }
}

function uiDirectory(): string {
  const fromSwagger = createRequire(createRequire(import.meta.url).resolve('@nestjs/swagger'));
  return dirname(fromSwagger.resolve('swagger-ui-dist/package.json'));
}

async function errorsReference(): Promise<string> {
  for (
    let directory = dirname(fileURLToPath(import.meta.url));
    directory !== dirname(directory);
    directory = dirname(directory)
  ) {
    const path = join(directory, 'docs', 'reference', 'errors.md');
    if (existsSync(path)) return readFile(path, 'utf8');
  }
  return '';
}

/** Rows of the Markdown tables that begin with a code: | `CODE` | status | meaning | */
function tableRows(markdown: string): [code: string, status: string, meaning: string][] {
  return [...markdown.matchAll(/^\| `([A-Z][A-Z0-9_]+)` \| ([^|]*) \| ([^|]*) \|$/gm)].map((match) => [
    match[1] ?? '',
    (match[2] ?? '').trim(),
    (match[3] ?? '').trim(),
  ]);
}

/** Markdown's code spans. */
function withCode(html: string): string {
  return html.replaceAll(/`([^`]+)`/g, '<code>$1</code>');
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function htmlPage(title: string, head: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title><meta name="viewport" content="width=device-width">${head}</head><body>${body}</body></html>`;
}
