import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api, queryClient } from '../app/api.js';
import { currentSession } from '../app/session.js';
import { Icon } from './icons.js';
import { ProblemAlert } from './problem-alert.js';

export interface ConfirmActProps<Answer> {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** Says in plain words what will be done: whoever confirms has read it here. */
  readonly children: ReactNode;
  readonly confirm: string;
  readonly isDangerous?: boolean;
  readonly isDisabled?: boolean;
  /** The node asks for a fresh passkey for this act. */
  readonly needsPasskey?: boolean;
  readonly act: () => Promise<Answer>;
  /** Told when it is done, with all queries stale by then. */
  readonly onDone?: (answer: Answer) => void;
  /** Shown for a moment when it is done. */
  readonly done: string;
}

/** One last look before something is signed or given away. Stays open with the reason when the node refuses. */
export function ConfirmAct<Answer>(props: ConfirmActProps<Answer>) {
  const { isOpen, onClose, title, children, confirm, act, onDone, done } = props;
  const { isDangerous = false, isDisabled = false, needsPasskey = true } = props;
  const { t } = useTranslation('app');
  const mutation = useMutation({
    mutationFn: async () => {
      const answer = await act();
      await readsShow(answer);
      return answer;
    },
    onSuccess: async (answer) => {
      notifications.show({ message: done, color: 'teal', icon: <Icon name="check" size={16} /> });
      onClose();
      onDone?.(answer);
      await queryClient.invalidateQueries();
    },
  });
  const close = (): void => {
    mutation.reset();
    onClose();
  };
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      title={title}
      size="lg"
      closeButtonProps={{ 'aria-label': t('close') }}
      overlayProps={{ backgroundOpacity: 0.45 }}
    >
      <Stack gap="md">
        {children}
        {mutation.error !== null && <ProblemAlert error={mutation.error} />}
        {needsPasskey && (
          <Group gap={8} wrap="nowrap" c="dimmed">
            <Icon name="key" size={16} />
            <Text size="sm">{currentSession().apiKey === undefined ? t('act.passkey') : t('act.apiKey')}</Text>
          </Group>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('act.cancel')}
          </Button>
          <Button
            color={isDangerous ? 'red' : 'harbour'}
            onClick={() => mutation.mutate()}
            loading={mutation.isPending}
            disabled={isDisabled}
            data-autofocus
          >
            {confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** Waits until what is read shows an entry that is final: pages that are opened next must find it. What was written is written. */
async function readsShow(answer: unknown): Promise<void> {
  const height = (answer as { readonly height?: number } | undefined)?.height;
  if (height === undefined) return;
  await api.call('listOrganizations', { query: { limit: 1, minHeight: height } }).catch(() => undefined);
}
