import { useMutation, type UseMutationResult } from '@tanstack/react-query';
import { useRef } from 'react';
import type { Api } from '#sdk';
import { api, queryClient } from './api.js';

/** What every act gets beside its input: sent again after a broken link, it is done once. */
export interface ActOptions {
  readonly idempotencyKey: string;
}

/**
 * A write of the organisation: signed by its node, awaited until it is final and until what is read shows it. Pressing the button
 * again after a failure repeats the same request; another input is another request.
 * @param onFinal - told of the receipt; its `height` is missing when the entry was taken but is not final yet
 */
export function useAct<Input, Receipt extends Api.Receipt>(
  act: (input: Input, options: ActOptions) => Promise<Receipt>,
  onFinal: (receipt: Receipt, input: Input) => void,
): UseMutationResult<Receipt, Error, Input> {
  const attempt = useRef<{ readonly input: string; readonly idempotencyKey: string }>(undefined);
  return useMutation<Receipt, Error, Input>({
    mutationFn: async (input) => {
      const text = JSON.stringify(input);
      if (attempt.current?.input !== text) attempt.current = { input: text, idempotencyKey: newIdempotencyKey() };
      const receipt = await act(input, { idempotencyKey: attempt.current.idempotencyKey });
      attempt.current = undefined;
      if (receipt.height !== undefined) await readsShow(receipt.height);
      return receipt;
    },
    onSuccess: async (receipt, input) => {
      // What is not in sight is forgotten, so that long lists are not read again page by page.
      queryClient.removeQueries({ type: 'inactive' });
      await queryClient.invalidateQueries();
      onFinal(receipt, input);
    },
  });
}

/** 128 random bits; `crypto.randomUUID` is missing on pages without TLS. */
export function newIdempotencyKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Any read with `minHeight` waits until the index has reached it. What was written is written even if that takes too long. */
async function readsShow(height: number): Promise<void> {
  await api.call('listRecalls', { query: { limit: 1, minHeight: height } }).catch(() => undefined);
}
