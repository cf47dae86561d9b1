import { describe, expect, it } from '@jest/globals';
import { squaredChord } from './chord.js';
import { readGeoUri, type GeoPoint } from './geo-uri.js';

const place = (uri: string): GeoPoint => readGeoUri(uri) as GeoPoint;
const kilometres = (from: string, to: string): number =>
  Math.round(Math.sqrt(Number(squaredChord(place(from), place(to)))) / 1000);

describe('a place in a geo URI', () => {
  it.each([
    ['geo:48.137154,11.576124', { latitude: 48_137_154, longitude: 11_576_124 }],
    ['geo:-33.8688,151.2093,58;u=35', { latitude: -33_868_800, longitude: 151_209_300 }],
    ['geo:-0.5,-0.25;crs=wgs84', { latitude: -500_000, longitude: -250_000 }],
    ['geo:90,-180', { latitude: 90_000_000, longitude: -180_000_000 }],
  ])('%s is read in millionths of a degree', (uri, point) => expect(readGeoUri(uri)).toEqual(point));

  it.each(['geo:91,0', 'geo:0,181', 'geo:48.1', 'geo:1,2;crs=moon-2011', 'geo:1e1,2', 'urn:example:place'])(
    '%s is none',
    (uri) => expect(readGeoUri(uri)).toBeUndefined(),
  );
});

describe('the straight line between two places', () => {
  it.each([
    ['the same place', 'geo:48.137154,11.576124', 'geo:48.137154,11.576124', 0],
    ['a degree of latitude', 'geo:10,20', 'geo:11,20', 111],
    ['a degree of longitude at 60 degrees north', 'geo:60,20', 'geo:60,21', 56],
    ['pole to pole', 'geo:90,0', 'geo:-90,77', 12742],
    ['over the date line', 'geo:0,179.5', 'geo:0,-179.5', 111],
    ['Munich to Sydney', 'geo:48.137154,11.576124', 'geo:-33.8688,151.2093', 12_212],
  ])('%s', (_name, from, to, expected) => expect(Math.abs(kilometres(from, to) - expected)).toBeLessThanOrEqual(1));
});
