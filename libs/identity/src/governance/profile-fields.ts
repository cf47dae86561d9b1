const NODE_ADDRESS_CHARS_MAX = 261;
const API_URL_CHARS_MAX = 512;
const HOST = '(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}\\])';
const NODE_ADDRESS = new RegExp(`^${HOST}:([1-9][0-9]{0,4})$`);
const API_URL = new RegExp(`^https://${HOST}(?::([1-9][0-9]{0,4}))?(?:/[A-Za-z0-9._~!$&'()*+,;=:@/%-]*)?$`);

/** `host:port`: where a node listens for the others. An IPv6 address stands in brackets. */
export function isNodeAddress(text: string): boolean {
  return text.length <= NODE_ADDRESS_CHARS_MAX && isPortOf(NODE_ADDRESS.exec(text));
}

/** An https URL without query, fragment and user. */
export function isApiUrl(text: string): boolean {
  return text.length <= API_URL_CHARS_MAX && isPortOf(API_URL.exec(text));
}

/** A language tag (BCP 47) in its usual forms: `zh`, `en-GB`, `zh-Hant-TW`. */
export function isLanguageTag(text: string): boolean {
  return /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/.test(text);
}

function isPortOf(match: RegExpExecArray | null): boolean {
  return match !== null && Number(match[1] ?? 443) <= 65_535;
}
