import { get } from 'node:http';

/** @returns whether `/readyz` of that API answers 200 within a second */
export function isReady(api: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(`${api}/readyz`, { agent: false, timeout: 1_000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
  });
}
