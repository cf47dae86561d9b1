import { describe, expect, it } from '@jest/globals';
import { isPublicAddress, readDestination, resolveDestination } from './destination.js';
import { retryDelayMs } from './retry-delay.js';

const STRICT = { allowPrivateDestinations: false };
const LAX = { allowPrivateDestinations: true };

describe('a destination', () => {
  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '172.31.255.255',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:10.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::a00:1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'ff02::1',
    '2001:db8::1',
    '2002:a00:1::',
    '2001:0:4136:e378:8000:63bf:3fff:fdd2',
    'not an address',
  ])('%s is not on the public internet', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(['8.8.8.8', '93.184.215.14', '172.32.0.1', '2606:4700::1111', '2a00:1450:4001:80b::200e'])(
    '%s is',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it.each([
    'http://receiver.example/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://0177.0.0.1/',
    'https://[::1]/',
    'https://[::ffff:7f00:1]/',
    'https://169.254.169.254/latest/meta-data',
    'https://user@receiver.example/',
    'file:///etc/passwd',
    '/relative',
    `https://receiver.example/${'x'.repeat(2_048)}`,
  ])('cannot be %s', (text) => {
    expect(typeof readDestination(text, STRICT)).toBe('string');
  });

  it('may be in the own network, without TLS, where the configuration says so', () => {
    expect(readDestination('http://127.0.0.1:8080/hook', LAX)).toBeInstanceOf(URL);
    expect(readDestination('https://receiver.example:8443/hook?a=b', STRICT)).toBeInstanceOf(URL);
    expect(typeof readDestination('ftp://receiver.example/', LAX)).toBe('string');
  });

  it('is resolved to an address, unless any that the name has is private', async () => {
    const url = new URL('https://receiver.example/');
    const resolveTo =
      (...addresses: string[]) =>
      () =>
        Promise.resolve(
          addresses.map((address) => ({ address, family: address.includes(':') ? (6 as const) : (4 as const) })),
        );
    expect(await resolveDestination(url, STRICT, resolveTo('8.8.8.8'))).toEqual({ address: '8.8.8.8', family: 4 });
    expect(await resolveDestination(url, STRICT, resolveTo('8.8.8.8', '127.0.0.1'))).toContain(
      'not on the public internet',
    );
    expect(await resolveDestination(url, LAX, resolveTo('127.0.0.1'))).toEqual({ address: '127.0.0.1', family: 4 });
    expect(await resolveDestination(url, STRICT, resolveTo())).toContain('no address');
  });
});

describe('the pause after a failed attempt', () => {
  it('doubles from a second to an hour, and is shorter by chance, by half at most', () => {
    expect([1, 2, 3, 10, 12, 13, 1_000].map((attempts) => retryDelayMs(attempts, 1))).toEqual([
      1_000, 2_000, 4_000, 512_000, 2_048_000, 3_600_000, 3_600_000,
    ]);
    expect(retryDelayMs(3, 0)).toBe(2_000);
  });
});
