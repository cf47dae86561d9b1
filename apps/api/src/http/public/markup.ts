/** Text that is HTML already. Only `markup` makes it, so whatever came from outside has been escaped. */
class Html {
  constructor(readonly text: string) {}
}
export type { Html };

export type HtmlPart = Html | string | number | undefined | readonly HtmlPart[];

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * HTML of a template: every value is escaped unless it is HTML itself, lists are joined, undefined is nothing. Attributes are written
 * with quotes in templates; what becomes an address (`href`) is made by us, never by an author of entries.
 */
export function markup(template: TemplateStringsArray, ...values: readonly HtmlPart[]): Html {
  let text = template[0] as string;
  for (const [i, value] of values.entries()) text += render(value) + (template[i + 1] as string);
  return new Html(text);
}

function render(part: HtmlPart): string {
  if (part === undefined) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'object') return part.map(render).join('');
  return String(part).replaceAll(/[&<>"']/g, (character) => ESCAPES[character] as string);
}
