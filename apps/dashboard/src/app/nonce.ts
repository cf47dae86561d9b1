/** Of this page's Content-Security-Policy: style elements made by scripts carry it. Empty under `npm run dashboard`. */
export function cspNonce(): string {
  const nonce = document.querySelector('meta[name="csp-nonce"]')?.getAttribute('content') ?? '';
  return nonce.startsWith('__') ? '' : nonce;
}
