/** A place on Earth (WGS 84) in millionths of a degree. */
export interface GeoPoint {
  readonly latitude: number;
  readonly longitude: number;
}

/** RFC 5870: latitude, longitude, altitude in degrees, then parameters. */
const GEO_URI =
  /^geo:(-?[0-9]{1,3})(?:\.([0-9]{1,15}))?,(-?[0-9]{1,3})(?:\.([0-9]{1,15}))?(?:,-?[0-9.]{1,20})?((?:;[^;]*)*)$/i;

/** @returns undefined for what is no `geo:` URI in WGS 84 */
export function readGeoUri(uri: string): GeoPoint | undefined {
  const match = GEO_URI.exec(uri);
  if (match === null) return undefined;
  const [, latitudeText = '', latitudeFraction, longitudeText = '', longitudeFraction, parameters = ''] = match;
  if (/;crs=(?!wgs84(?:;|$))/i.test(parameters)) return undefined;
  const latitude = microDegrees(latitudeText, latitudeFraction);
  const longitude = microDegrees(longitudeText, longitudeFraction);
  return Math.abs(latitude) > 90_000_000 || Math.abs(longitude) > 180_000_000 ? undefined : { latitude, longitude };
}

/** Digits beyond the sixth, about ten centimetres, are cut off. */
function microDegrees(whole: string, fraction = ''): number {
  const magnitude = Number(whole.replace('-', '')) * 1_000_000 + Number(fraction.slice(0, 6).padEnd(6, '0'));
  return whole.startsWith('-') ? -magnitude : magnitude;
}
