import { Inject, Injectable } from '@nestjs/common';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server';
import type { AccessRecords, NewPasskey, PasskeyDto } from '#index';
import type { AccessSettings } from '../auth/access-settings.js';
import { newToken } from '../auth/tokens.js';
import { ACCESS_RECORDS, ACCESS_SETTINGS } from '../parts.js';
import { ApiProblem } from '../problem/problem.js';

/** Time to answer a challenge. */
const CHALLENGE_MS = 5 * 60_000;
/** Of a fresh assertion: what it confirms is on the screen. */
export const FRESH_CHALLENGE_MS = 2 * 60_000;

/**
 * COSE algorithms: EdDSA, ES256, RS256. What every authenticator has, and small: an assertion travels in a header, and the signatures of
 * ML-DSA, which the library and browsers would prefer, are longer than many proxies take there.
 */
const ALGORITHMS = [-8, -7, -257];

/** A passkey that has just proved itself, and whose it is. */
export interface ProvenPasskey {
  readonly id: string;
  readonly personId: string;
  readonly personName: string;
}

/** WebAuthn: challenges given out and answers verified, with the user verified by their device always. */
@Injectable()
export class Passkeys {
  constructor(
    @Inject(ACCESS_RECORDS) private readonly records: AccessRecords,
    @Inject(ACCESS_SETTINGS) private readonly settings: AccessSettings,
  ) {}

  /** Options for `navigator.credentials.create`. @param boundTo - what the answer must be given for */
  async registrationOptions(
    person: { readonly id: string; readonly name: string },
    known: readonly PasskeyDto[],
    boundTo: string,
  ): Promise<object> {
    const challenge = await this.challenge(boundTo, CHALLENGE_MS);
    return generateRegistrationOptions({
      rpName: 'Lading',
      rpID: this.settings.rpId,
      userName: person.name,
      userDisplayName: person.name,
      userID: bytesOf(Buffer.from(person.id)),
      challenge,
      timeout: CHALLENGE_MS,
      attestationType: 'none',
      supportedAlgorithmIDs: ALGORITHMS,
      excludeCredentials: known.map(({ id, transports }) => ({ id, transports: [...transports] })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
  }

  /** @throws ApiProblem ACCESS_PASSKEY_REFUSED */
  async register(response: unknown, name: string, boundTo: string): Promise<NewPasskey> {
    const { origin, rpId } = this.settings;
    const registration = response as RegistrationResponseJSON;
    const verified = await this.refusedIfThrown(boundTo, (expectedChallenge) =>
      verifyRegistrationResponse({
        response: registration,
        expectedChallenge,
        expectedOrigin: origin,
        expectedRPID: rpId,
        requireUserVerification: true,
        supportedAlgorithmIDs: ALGORITHMS,
      }),
    );
    if (!verified.verified) throw refused();
    const { credential, credentialDeviceType, credentialBackedUp } = verified.registrationInfo;
    return {
      id: credential.id,
      publicKey: Buffer.from(credential.publicKey).toString('base64url'),
      counter: credential.counter,
      transports: credential.transports ?? [],
      name,
      isDeviceBound: credentialDeviceType === 'singleDevice',
      isBackedUp: credentialBackedUp,
    };
  }

  /** Options for `navigator.credentials.get`. @param allowed - undefined: any passkey that the device offers for this node */
  async assertionOptions(
    boundTo: string,
    lifetimeMs = CHALLENGE_MS,
    allowed: readonly PasskeyDto[] = [],
  ): Promise<object> {
    const challenge = await this.challenge(boundTo, lifetimeMs);
    return generateAuthenticationOptions({
      rpID: this.settings.rpId,
      challenge,
      timeout: lifetimeMs,
      userVerification: 'required',
      allowCredentials: allowed.map(({ id, transports }) => ({ id, transports: [...transports] })),
    });
  }

  /**
   * Verifies an assertion: challenge given for `boundTo` and not used yet, origin, relying party, user verified, signature, counter.
   * @throws ApiProblem ACCESS_PASSKEY_REFUSED
   */
  async prove(response: unknown, boundTo: string): Promise<ProvenPasskey> {
    const assertion = response as AuthenticationResponseJSON;
    const passkey = await this.records.people.passkey(assertion.id);
    if (passkey === undefined) throw refused();
    const { userHandle } = assertion.response;
    if (userHandle !== undefined && Buffer.from(userHandle, 'base64url').toString() !== passkey.personId)
      throw refused();
    const { origin, rpId } = this.settings;
    const { verified, authenticationInfo } = await this.refusedIfThrown(boundTo, (expectedChallenge) =>
      verifyAuthenticationResponse({
        response: assertion,
        expectedChallenge,
        expectedOrigin: origin,
        expectedRPID: rpId,
        requireUserVerification: true,
        credential: {
          id: passkey.id,
          publicKey: bytesOf(Buffer.from(passkey.publicKey, 'base64url')),
          // Judged below, together with writing it down.
          counter: 0,
          transports: [...passkey.transports],
        },
      }),
    );
    const { newCounter, credentialBackedUp } = authenticationInfo;
    if (!verified) throw refused();
    const use = { counter: newCounter, isBackedUp: credentialBackedUp };
    if (!(await this.records.people.notePasskeyUse(passkey.id, use)))
      throw refused('The counter of this passkey has not grown: somebody may have a copy of it.');
    return passkey;
  }

  /**
   * The library throws for everything that does not hold; its messages may quote what was sent, so they go nowhere. A database that
   * is away is no forged passkey.
   */
  private async refusedIfThrown<T>(
    boundTo: string,
    verify: (expectedChallenge: (challenge: string) => Promise<boolean>) => Promise<T>,
  ): Promise<T> {
    let fault: unknown;
    try {
      return await verify((challenge) =>
        this.records.challenges.take(challenge, boundTo).catch((error: unknown) => {
          fault = error;
          return false;
        }),
      );
    } catch {
      throw fault ?? refused();
    }
  }

  private async challenge(boundTo: string, lifetimeMs: number) {
    const value = newToken();
    await this.records.challenges.give({ value, boundTo, lifetimeMs });
    return bytesOf(Buffer.from(value, 'base64url'));
  }
}

function refused(
  detail = 'This passkey or its answer does not hold: unknown, for another page, too old, used before, or without user verification.',
): ApiProblem {
  return new ApiProblem('ACCESS_PASSKEY_REFUSED', detail);
}

/** The library wants bytes on a buffer of their own. */
function bytesOf(bytes: Uint8Array) {
  return Uint8Array.from(bytes);
}
