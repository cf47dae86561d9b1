import { drawingSVG, gs1dlqrcode } from 'bwip-js/browser';

const drawn = new Map<string, string>();
/** Codes kept: those of the labels last shown. */
const DRAWN_MAX = 1_200;

/**
 * A GS1 Digital Link as QR code, with its quiet zone of four modules (a module is two units wide).
 * @returns SVG
 * @throws Error when the link is no GS1 Digital Link, for instance for a wrong check digit
 */
export function qrSvg(link: string): string {
  const known = drawn.get(link);
  if (known !== undefined) return known;
  const svg = gs1dlqrcode<string>({ bcid: 'gs1dlqrcode', text: link, scale: 1, padding: 8 }, drawingSVG());
  if (drawn.size >= DRAWN_MAX) drawn.clear();
  drawn.set(link, svg);
  return svg;
}

export function svgUrl(svg: string): string {
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
}
