import { describe, expect, it } from '@jest/globals';
import { accessSettings } from './access-settings.js';

const DID = 'did:web:maker.example';

describe('accessSettings', () => {
  it('are those of one’s own machine where nothing is said', () => {
    expect(accessSettings({ access: undefined, api: { host: '127.0.0.1', port: 7401 } }, DID)).toMatchObject({
      origin: 'http://localhost:7401',
      rpId: 'localhost',
      servicesMayGovern: false,
      limits: { perCaller: 60_000, perAddress: 6_000, signIn: 30 },
    });
  });

  it('take what is said, one by one', () => {
    const access = {
      origin: 'https://lading.maker.example',
      limits: { signIn: 5, perCaller: undefined, perAddress: undefined },
    };
    expect(accessSettings({ access }, DID)).toMatchObject({
      origin: 'https://lading.maker.example',
      rpId: 'lading.maker.example',
      limits: { perCaller: 60_000, perAddress: 6_000, signIn: 5 },
    });
  });

  it('give nodes of one host cookies of different names', () => {
    const names = ['did:web:a.example', 'did:web:b.example'].map(
      (did) => accessSettings({ access: undefined }, did).cookieName,
    );
    expect(new Set(names).size).toBe(2);
  });
});
