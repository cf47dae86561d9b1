import { Alert, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Anchor, Step, Verification } from '#sdk';
import { viewerTime } from '../format-time.js';
import { Icon } from '../icons.js';
import { pinnedNetwork } from './pinned-network.js';

/** Each check with what was compared, and how far the validators are linked to the network. */
export function VerificationResult({
  verification,
  anchor,
}: {
  readonly verification: Verification;
  readonly anchor: Anchor;
}) {
  const { t, i18n } = useTranslation('verify');
  const network = anchor.networkId.slice(0, 8);
  const pinned = pinnedNetwork(anchor.networkId);
  return (
    <Stack gap="sm">
      <Alert
        color={verification.ok ? 'teal' : 'red'}
        icon={<Icon name={verification.ok ? 'seal' : 'alert'} />}
        title={verification.ok ? t('ok') : t('failed')}
        role="status"
      >
        <Text size="sm">{t(`trust.${verification.trust}`, { network })}</Text>
        <Text size="sm">
          {pinned.id === anchor.networkId
            ? t('firstSeen', { time: viewerTime(pinned.firstSeen, i18n.language) })
            : t('changed', { before: pinned.id.slice(0, 8) })}
        </Text>
      </Alert>
      <ol className="verify-steps">
        {verification.steps.map((step) => (
          <StepLine key={step.name} step={step} />
        ))}
      </ol>
    </Stack>
  );
}

function StepLine({ step }: { readonly step: Step }) {
  const { t } = useTranslation('verify');
  return (
    <li data-ok={step.ok}>
      <span className="verify-tick">
        <Icon name={step.ok ? 'check' : 'cross'} size={18} />
      </span>
      <div className="verify-text">
        <Text fw={600} size="sm">
          {t(`step.${step.name}.name`)} <span className="verify-word">{step.ok ? t('holds') : t('fails')}</span>
        </Text>
        <Text size="xs" c="dimmed">
          {t(`step.${step.name}.text`)}
        </Text>
        <details className="raw">
          <summary>{t('showInputs')}</summary>
          <dl className="verify-facts">
            {Object.entries(step.facts).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd className="mono">{value}</dd>
              </div>
            ))}
          </dl>
        </details>
      </div>
    </li>
  );
}
