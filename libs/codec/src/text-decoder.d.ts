// The one platform class that the pure libs use: in every browser, in Node and in workers (WHATWG Encoding).
// Declared here because the pure libs compile without the DOM and without Node's types.
declare class TextDecoder {
  constructor(label: 'utf-8', options: { fatal: true; ignoreBOM: true });
  decode(bytes: Uint8Array): string;
}
