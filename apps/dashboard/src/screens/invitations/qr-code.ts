import { drawingSVG, qrcode } from 'bwip-js/browser';
import './invitations.css';

/** A QR code as the address of an image: black on white in dark pages too, with its quiet zone, or scanners do not find it. */
export function qrCodeUrl(text: string): string {
  // A module is two units wide here: the quiet zone has four. The lowest level of correction: a ticket is long, and a screen is not scratched.
  const options = { bcid: 'qrcode', text, scale: 1, eclevel: 'L', padding: 8, backgroundcolor: 'FFFFFF' };
  const svg = qrcode(options, drawingSVG());
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
