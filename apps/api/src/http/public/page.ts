import { createHash } from 'node:crypto';
import { LANGUAGES, type Language } from './language.js';
import { markup, type Html, type HtmlPart } from './markup.js';
import type { Party, PublicEntry, PublicRecall, PublicRecord, PublicStep } from './public-record.types.js';
import { STYLE } from './style.js';
import { WORDS, type Words } from './words/words.js';

/** Of a page, which is all that a browser loads. */
export const PAGE_BYTES_MAX = 50_000;
/** Tried in turn until the page is small enough; the latest steps are shown. */
const STEPS_SHOWN = [40, 20, 10, 5, 0] as const;
const RECALLS_SHOWN_MAX = 3;
const TEXT_LENGTH_MAX = 1_000;
const NAME_LENGTH_MAX = 100;

const STYLE_ELEMENT = `<style>${STYLE}</style>`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** One style that is known by its hash; no script, no image, nothing from elsewhere, no form. */
export const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** In which language a page is asked for, and where it is in the others. */
export interface PageRequest {
  readonly language: Language;
  /** The query of its address. */
  readonly inLanguage: (language: Language) => string;
}

/** A record as a page of at most `PAGE_BYTES_MAX` bytes. */
export function recordPage(record: PublicRecord, request: PageRequest): string {
  let page = '';
  for (const stepsShown of STEPS_SHOWN) {
    page = documentOf(recordBody(record, WORDS[request.language], stepsShown), titleOf(record, request), request);
    if (Buffer.byteLength(page) <= PAGE_BYTES_MAX) break;
  }
  return page;
}

/** Why there is no record to show. @param code - of a problem, docs/reference/errors.md */
export function faultPage(code: string, request: PageRequest): string {
  const { fault, title } = WORDS[request.language];
  const words = fault[code === 'GS1_BAD_URI' ? 'GS1_MALFORMED_KEY' : code] ?? fault.other;
  const body = markup`<main>
<header class="status"><h1>${words.title}</h1><p>${words.means}</p></header>
<p class="quiet"><code>${code}</code></p>
</main>`;
  return documentOf(body, `${words.title} · ${title}`, request);
}

function titleOf({ status, product, subject }: PublicRecord, { language }: PageRequest): string {
  const name = product === undefined ? undefined : productName(product, language);
  return `${WORDS[language].status[status].title} · ${name ?? subject.serial ?? subject.lot ?? subject.sscc ?? subject.gtin ?? ''}`;
}

function documentOf(body: Html, title: string, { language, inLanguage }: PageRequest): string {
  const words = WORDS[language];
  const links = LANGUAGES.map((other) => {
    const { tag, itself } = WORDS[other];
    if (other === language) return markup`<b aria-current="true">${itself}</b>`;
    return markup`<a href="${inLanguage(other)}" lang="${tag}" hreflang="${tag}">${itself}</a>`;
  });
  const head = markup`<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>${title}</title><link rel="icon" href="data:,">`;
  const visible = markup`<nav aria-label="${words.language}">${links}</nav>
${body}`;
  return `<!doctype html>
<html lang="${words.tag}"><head>${head.text}${STYLE_ELEMENT}</head><body>${visible.text}</body></html>
`;
}

function recordBody(record: PublicRecord, words: Words, stepsShown: number): Html {
  const { status, notes, recalls } = record;
  const { title, means } = words.status[status];
  // What the banner says already is not said twice.
  const said = [status.toLowerCase(), ...(status === 'UNKNOWN' ? ['serial-unknown'] : [])];
  const beside = notes.filter((note) => !said.includes(note)).map((note) => markup`<li>${words.note[note]}</li>`);
  return markup`<main>
<header class="status ${status}"><h1>${title}</h1><p>${means}</p></header>
${beside.length > 0 ? markup`<ul class="notes">${beside}</ul>` : undefined}
${recalls.slice(0, RECALLS_SHOWN_MAX).map((recall) => recallSection(recall, words))}
${factList(record, words)}
<p class="limits">${words.limits}</p>
${record.subject.kind === 'product' ? undefined : stepsSection(record, words, stepsShown)}
${checkSection(record, words)}
</main>`;
}

function recallSection({ title, instructions, since, ...entry }: PublicRecall, words: Words): Html {
  const whatToDo = instructions === null ? words.noInstructions : shortened(instructions, TEXT_LENGTH_MAX);
  return markup`<section class="recall"><h2>${words.recall}: <bdi>${shortened(title, TEXT_LENGTH_MAX)}</bdi></h2>
<p>${whatToDo}</p><p class="quiet">${words.recallSince(since)}</p>${entryList([entry], words)}</section>
`;
}

function factList(record: PublicRecord, words: Words): Html {
  const { subject, product, steps, lot } = record;
  const origin = steps.find(({ grade }) => grade !== 'withdrawn');
  const isUnregistered = product === undefined && subject.gtin !== undefined && record.status !== 'UNKNOWN';
  const facts: readonly (readonly [string, HtmlPart])[] = [
    [
      words.product,
      product === undefined ? (isUnregistered ? words.noProduct : undefined) : productName(product, words.short),
    ],
    [words.registeredBy, product && partyName(product.owner, words)],
    [words.subject.gtin, subject.gtin],
    [words.subject.sscc, subject.sscc],
    [words.subject.lot, lot],
    [words.lotInCode, subject.lot === lot ? undefined : subject.lot],
    [words.subject.serial, subject.serial],
    [words.expires, record.expires],
    [words.bestBefore, record.bestBefore],
    [words.quantity, record.quantity],
    [words.origin, origin && `${origin.day}, ${words.by(partyName(origin.by, words))}`],
  ];
  const rows = facts.filter(([, value]) => value !== undefined);
  return markup`<dl>${rows.map(
    ([term, value]) => markup`<dt>${term}</dt><dd><bdi>${value}</bdi></dd>
`,
  )}</dl>`;
}

function stepsSection({ steps, isCut, organizationCount }: PublicRecord, words: Words, shown: number): Html {
  const title = markup`<h2>${words.steps}</h2>`;
  if (steps.length === 0) return markup`<section>${title}<p>${words.noSteps}</p></section>`;
  const confirmed = steps.filter(({ grade }) => grade === 'confirmed').length;
  const left = Math.max(0, steps.length - shown);
  return markup`<section>${title}<p>${words.summary(organizationCount, steps.length, confirmed)}</p>
${left > 0 ? markup`<p class="quiet">${words.earlier(left)}</p>` : undefined}
<ol>${steps.slice(left).map((step) => stepItem(step, words))}</ol>
${isCut ? markup`<p class="quiet">${words.isCut}</p>` : undefined}
${meanings(steps, words)}</section>`;
}

function stepItem(step: PublicStep, words: Words): Html {
  const { what, day, by, to, place, grade, isContradicted, isOfContainer, entries } = step;
  const name = Object.hasOwn(words.step, what) ? words.step[what] : words.otherStep(shortened(what, NAME_LENGTH_MAX));
  const from = partyName(by, words);
  const who = to === undefined ? words.by(from) : words.handover(from, partyName(to, words));
  return markup`<li><strong>${name}</strong> <time datetime="${day}">${day}</time>
<div><bdi>${who}</bdi>${isOfContainer ? ` · ${words.ofContainer}` : undefined}</div>
${place === undefined ? undefined : markup`<div>${words.place}: <bdi>${shortened(place, NAME_LENGTH_MAX)}</bdi></div>`}
<span class="grade ${grade}">${words.grade[grade]}</span>
${isContradicted ? markup`<span class="grade disputed">${words.contradicted}</span>` : undefined}
<details><summary>${words.entries}</summary>${entryList(entries, words)}</details></li>
`;
}

/** Only of the words that stand on the page. */
function meanings(steps: readonly PublicStep[], words: Words): Html {
  const grades = [...new Set(steps.map(({ grade }) => grade))];
  const lines = grades.map((grade) => markup`<li><b>${words.grade[grade]}</b>: ${words.gradeMeans[grade]}</li>`);
  if (steps.some(({ isContradicted }) => isContradicted))
    lines.push(markup`<li><b>${words.contradicted}</b>: ${words.contradictedMeans}</li>`);
  return markup`<details><summary>${words.grades}</summary><ul class="notes">${lines}</ul></details>`;
}

function checkSection({ subject, history, height }: PublicRecord, words: Words): Html {
  const digest = history && markup`<p>${words.history(history.count)} <code>${history.digest}</code></p>`;
  const proof = `/api/v1/items/${encodeURIComponent(subject.key)}/proof`;
  return markup`<section><h2>${words.check}</h2><p>${words.checkHow}</p>${digest}<p>${words.asOf(height)}</p>
<ul class="notes">${subject.kind === 'product' ? undefined : markup`<li><a href="${proof}">${words.proof}</a> (${words.needsAccess})</li>`}
<li><a href="${subject.path}?linkType=gs1:traceability">${words.asData}</a></li></ul></section>`;
}

function entryList(entries: readonly PublicEntry[], words: Words): Html {
  const lines = entries.map(
    ({ entryId, height }) =>
      markup`<div>${words.entry(height)} <a href="/chain/entries/${entryId}"><code>${entryId}</code></a></div>`,
  );
  return markup`${lines}`;
}

function productName({ name, nameZh }: NonNullable<PublicRecord['product']>, language: Language): string {
  return (language === 'zh' ? nameZh : undefined) ?? name;
}

function partyName({ role, name }: Party, words: Words): string {
  if (name !== undefined) return shortened(name, NAME_LENGTH_MAX);
  return role === 'brand' ? words.brand : words.organization(role);
}

/** By characters, so that none is cut in half. */
function shortened(text: string, lengthMax: number): string {
  const characters = [...text];
  return characters.length <= lengthMax ? text : `${characters.slice(0, lengthMax - 1).join('')}…`;
}
