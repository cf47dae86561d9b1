import { Alert, Anchor } from '@mantine/core';
import { browserSupportsWebAuthn } from '@simplewebauthn/browser';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/icons.js';

/** What the browser's function takes; the node's answer is described as an object with a challenge. */
export type OptionsOf<Start extends (options: never) => unknown> = Start extends (options: infer Options) => unknown
  ? Options extends { optionsJSON: infer Json }
    ? Json
    : never
  : never;

/** Whether the person closed the browser's question or let it run out: nothing has happened. */
export function isPasskeyPromptClosed(error: unknown): boolean {
  return error instanceof Error && (error.name === 'NotAllowedError' || error.name === 'AbortError');
}

/** Why passkeys do not work here, where they do not: browsers bind them to a name, never to an address in numbers. */
export function PasskeyHint() {
  const { t } = useTranslation('login');
  const { hostname, port, protocol, pathname } = window.location;
  if (/^[\d.]+$|^\[/.test(hostname)) {
    const url = `${protocol}//localhost${port === '' ? '' : `:${port}`}${pathname}`;
    return (
      <Alert color="yellow" icon={<Icon name="alert" />}>
        {t('needsName')}{' '}
        {hostname === '127.0.0.1' && (
          <Anchor href={url} underline="always" inherit>
            {url}
          </Anchor>
        )}
      </Alert>
    );
  }
  return browserSupportsWebAuthn() ? null : (
    <Alert color="yellow" icon={<Icon name="alert" />}>
      {t('noWebAuthn')}
    </Alert>
  );
}
