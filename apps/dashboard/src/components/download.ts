/** Gives the user a file. */
export function download(name: string, content: BlobPart, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

export function downloadCsv(
  label: string,
  header: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): void {
  download(`${label.toLowerCase().replaceAll(/\s+/g, '-')}.csv`, csvText(header, rows), 'text/csv;charset=utf-8');
}

/** RFC 4180, with a byte order mark, without which spreadsheets take UTF-8 for something else. */
export function csvText(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return `\uFEFF${[header, ...rows].map((row) => row.map(csvField).join(',')).join('\r\n')}\r\n`;
}

/** Text that a spreadsheet would take for a formula is made harmless with an apostrophe: names and notes come from other organisations. */
function csvField(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
