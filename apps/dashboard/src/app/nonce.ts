/** Of this page's Content-Security-Policy: style elements made by scripts carry it. Empty under `npm run dashboard`. */
export function cspNonce(): string {
  const nonce = document.querySelector('meta[name="csp-nonce"]')?.getAttribute('content') ?? '';
  return nonce.startsWith('__') ? '' : nonce;
}

/** For what makes style elements of its own: the lock on scrolling behind a dialog asks for the nonce by this name. */
export function shareCspNonce(): void {
  Object.assign(globalThis, { __webpack_nonce__: cspNonce() });
}
