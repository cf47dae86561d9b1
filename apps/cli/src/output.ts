/** Columns aligned to their widest cell, two spaces apart, each line indented by two. */
export function formatTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  return lines
    .map((line) => `  ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd())
    .join('\n');
}

/** stdout carries data, stderr talks to people. */
export function printData(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}
