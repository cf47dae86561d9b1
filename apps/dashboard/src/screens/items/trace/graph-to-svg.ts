import { NODE, type LaidOut } from './lay-out.js';

/** What stands in the picture, in the reader's language. */
export interface Captions {
  readonly lane: (did: string) => string;
  readonly node: (id: string, count: number) => { readonly title: string; readonly subtitle: string };
}

const INK = '#1b2a33';
const FONT = 'system-ui, "PingFang SC", "Noto Sans SC", sans-serif';

/** The graph as a picture of its own, the same whatever the screen shows of it. */
export function graphToSvg({ nodes, links, lanes, width, height }: LaidOut, captions: Captions): string {
  const at = new Map(nodes.map((node) => [node.id, node]));
  const laneShapes = lanes.map(
    ({ id, y, height: laneHeight }) =>
      `<rect x="0" y="${y}" width="${width}" height="${laneHeight}" rx="12" fill="#f2f6f8"/><text x="14" y="${y + 18}" font-size="12" font-weight="600" fill="#4a5a64">${escape(captions.lane(id))}</text>`,
  );
  const lines = links.flatMap(({ from, to, kind }) => {
    const a = at.get(from);
    const b = at.get(to);
    if (a === undefined || b === undefined) return [];
    const [x1, y1, x2, y2] = [a.x + NODE.width, a.y + NODE.height / 2, b.x, b.y + NODE.height / 2];
    const bend = Math.max(30, Math.abs(x2 - x1) / 2);
    return [
      `<path d="M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}" fill="none" stroke="#4ba5bf" stroke-width="1.6"${kind === 'transformation' ? '' : ' stroke-dasharray="5 4"'} marker-end="url(#arrow)"/>`,
    ];
  });
  const boxes = nodes.map(({ id, members, x, y }) => {
    const { title, subtitle } = captions.node(id, members.length);
    return `<g transform="translate(${x} ${y})"><rect width="${NODE.width}" height="${NODE.height}" rx="10" fill="#fff" stroke="#b9c9d1"/><text x="12" y="26" font-size="13" font-weight="600" fill="${INK}">${escape(clip(title))}</text><text x="12" y="46" font-size="11" fill="#56606b">${escape(clip(subtitle))}</text></g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family='${FONT}'><defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="#4ba5bf"/></marker></defs><rect width="100%" height="100%" fill="#fff"/>${laneShapes.join('')}${lines.join('')}${boxes.join('')}</svg>`;
}

/** Twice as sharp as on screen. */
const PNG_SCALE = 2;

export async function svgToPng(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.width * PNG_SCALE;
  canvas.height = image.height * PNG_SCALE;
  const context = canvas.getContext('2d');
  context?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob === null ? reject(new Error('the picture is too large for this browser')) : resolve(blob)),
      'image/png',
    ),
  );
}

const TEXT_CHARS_MAX = 28;

function clip(text: string): string {
  return text.length > TEXT_CHARS_MAX ? `${text.slice(0, TEXT_CHARS_MAX - 1)}…` : text;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
