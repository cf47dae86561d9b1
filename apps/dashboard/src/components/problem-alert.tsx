import { Alert, Anchor, Button, Code, Group, List, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '#sdk';
import { en } from '../app/app.locale.js';
import { Icon } from './icons.js';

type RemedyCode = keyof typeof en.problem.remedy;

/** What went wrong, by its code, and what to do about it. Anything that is no answer of the node is shown as `SDK_UNREACHABLE`. */
export function ProblemAlert({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const { t } = useTranslation('app');
  const problem =
    error instanceof ProblemError
      ? error
      : new ProblemError('DASHBOARD_FAULT', 0, error instanceof Error ? error.message : String(error));
  const remedy: RemedyCode = problem.code in en.problem.remedy ? (problem.code as RemedyCode) : 'other';
  return (
    <Alert color="red" icon={<Icon name="alert" />} title={t('problem.title')} role="alert">
      <Stack gap="xs">
        <Text size="sm">{problem.detail}</Text>
        {problem.errors.length > 0 && (
          <List size="sm">
            {problem.errors.map((one, index) => (
              <List.Item key={index}>
                {(one.pointer ?? one.parameter) !== undefined && <Code>{one.pointer ?? one.parameter}</Code>}{' '}
                {one.detail}
              </List.Item>
            ))}
          </List>
        )}
        <Text size="sm">
          <strong>{t('problem.whatToDo')}:</strong> {t(`problem.remedy.${remedy}`)}{' '}
          {problem.retryAfterSeconds !== undefined && t('problem.retryIn', { count: problem.retryAfterSeconds })}
        </Text>
        <Group gap="md">
          <Text size="sm">
            {t('problem.code')} <Code>{problem.code}</Code>
          </Text>
          {problem.requestId !== undefined && (
            <Text size="sm">
              {t('problem.request')} <Code>{problem.requestId}</Code>
            </Text>
          )}
          <Anchor size="sm" href={`/docs/errors#${problem.code}`} underline="always">
            {t('problem.explain')}
          </Anchor>
          {onRetry !== undefined && (
            <Button size="compact-sm" variant="default" onClick={onRetry}>
              {t('retry')}
            </Button>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}
