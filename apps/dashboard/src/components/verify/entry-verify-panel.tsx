import { Alert, Button, FileButton, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fromBase64, toBase64 } from '#codec';
import type { Anchor, Api, Verification } from '#sdk';
import { api } from '../../app/api.js';
import { download } from '../download.js';
import { Icon } from '../icons.js';
import { Panel } from '../panel.js';
import { ProblemAlert } from '../problem-alert.js';
import { fetchAnchor, verifyEntryProof } from './verifier.js';
import { VerificationResult } from './verification-result.js';

interface Checked {
  readonly proof: Api.EntryProof;
  readonly anchor: Anchor;
  readonly verification: Verification;
  readonly isTampered: boolean;
}

/** Five ticks for one entry, computed here. A byte can be changed to see that the checks are real. */
export function EntryVerifyPanel({ entryId }: { readonly entryId: string }) {
  const { t } = useTranslation('verify');
  const [fileProblem, setFileProblem] = useState<string>();
  const check = useMutation({
    mutationFn: async (source: { readonly proof?: Api.EntryProof; readonly tamper?: boolean }): Promise<Checked> => {
      const [anchor, proof] = await Promise.all([
        fetchAnchor(),
        source.proof ?? api.call('proveEntry', { path: { id: entryId } }),
      ]);
      const isTampered = source.tamper === true;
      return {
        proof,
        anchor,
        isTampered,
        verification: verifyEntryProof(isTampered ? withOneByteChanged(proof) : proof, anchor),
      };
    },
  });
  const { data: checked } = check;

  const openFile = async (file: File | null): Promise<void> => {
    if (file === null) return;
    setFileProblem(undefined);
    try {
      const proof = JSON.parse(await file.text()) as Api.EntryProof;
      await check.mutateAsync({ proof });
    } catch (error) {
      setFileProblem(t('openBad', { reason: error instanceof Error ? error.message : String(error) }));
    }
  };

  return (
    <Panel title={t('title')}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('intro')}
        </Text>
        <Group gap="sm">
          <Button
            leftSection={<Icon name="seal" size={16} />}
            onClick={() => check.mutate({})}
            loading={check.isPending}
          >
            {checked === undefined ? t('run') : t('again')}
          </Button>
          {checked !== undefined && (
            <>
              <Button
                variant="default"
                leftSection={<Icon name="download" size={16} />}
                onClick={() =>
                  download(
                    `proof-${entryId.slice(0, 12)}.json`,
                    JSON.stringify(checked.proof, undefined, 2),
                    'application/json',
                  )
                }
              >
                {t('save')}
              </Button>
              <Button
                variant="default"
                color="red"
                onClick={() => check.mutate({ proof: checked.proof, tamper: !checked.isTampered })}
              >
                {checked.isTampered ? t('untamper') : t('tamper')}
              </Button>
            </>
          )}
          <FileButton accept="application/json" onChange={(file) => void openFile(file)}>
            {(props) => (
              <Button variant="subtle" {...props}>
                {t('open')}
              </Button>
            )}
          </FileButton>
        </Group>
        {fileProblem !== undefined && <Alert color="red">{fileProblem}</Alert>}
        {check.error !== null && fileProblem === undefined && <ProblemAlert error={check.error} />}
        {checked?.isTampered === true && <Alert color="yellow">{t('tampered')}</Alert>}
        {checked !== undefined && <VerificationResult verification={checked.verification} anchor={checked.anchor} />}
      </Stack>
    </Panel>
  );
}

/** The proof with the lowest bit of the content's first byte flipped. */
function withOneByteChanged(proof: Api.EntryProof): Api.EntryProof {
  const bytes = Uint8Array.from(fromBase64(proof.content) ?? []);
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  return { ...proof, content: toBase64(bytes) };
}
