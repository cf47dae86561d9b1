import { Alert, Button, Code, Group, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CopyValue } from '../../components/copy-value.js';
import { Icon } from '../../components/icons.js';

/** A link or a key that the node tells this once: it keeps only its hash. Closed by its button alone, not by a stray click. */
export function SecretOnce({
  title,
  help,
  secret,
  onClose,
}: {
  readonly title: string;
  readonly help: string;
  readonly secret: string;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('people');
  return (
    <Modal opened onClose={onClose} title={title} size="lg" closeOnClickOutside={false} withCloseButton={false}>
      <Stack gap="md">
        <Text size="sm">{help}</Text>
        <Group gap={4} wrap="nowrap" align="flex-start">
          <Code block className="wrap secret" data-secret tabIndex={0}>
            {secret}
          </Code>
          <CopyValue value={secret} />
        </Group>
        <Alert color="yellow" icon={<Icon name="alert" />}>
          {t('once')}
        </Alert>
        <Group justify="flex-end">
          <Button onClick={onClose}>{t('onceDone')}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
