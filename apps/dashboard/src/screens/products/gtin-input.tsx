import { Button, Group, Text, TextInput } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useProductNames } from '../../app/use-product-names.js';
import { Icon } from '../../components/icons.js';
import { checkGtin } from './check-gtin.js';

/** A GTIN, with what can be said of it while it is typed: length, check digit, whether it is registered. */
export function GtinInput({
  value,
  onChange,
  isMarked,
}: {
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** After an attempt to submit: an unfinished GTIN is a fault then. */
  readonly isMarked: boolean;
}) {
  const { t } = useTranslation('products');
  const products = useProductNames();
  const hintId = useId();
  const check = checkGtin(value);
  const registeredAs = check.kind === 'right' ? products.get(check.gtin) : undefined;
  const isWrong =
    check.kind === 'wrong' || check.kind === 'notDigits' || check.kind === 'long' || registeredAs !== undefined;
  const offered = check.kind === 'wrong' ? check.corrected : check.kind === 'short' ? check.completed : undefined;
  return (
    <div>
      <TextInput
        label={t('form.gtin')}
        description={t('form.gtinHint')}
        required
        inputMode="numeric"
        autoComplete="off"
        data-autofocus
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        error={isWrong || (isMarked && check.kind !== 'right')}
        rightSection={check.kind === 'right' && !isWrong && <Icon name="check" />}
        aria-describedby={hintId}
        maxLength={20}
      />
      <Group gap="sm" mt={6} mih={26}>
        <GtinVerdict id={hintId} tone={isWrong ? 'bad' : check.kind === 'right' ? 'good' : 'plain'}>
          {registeredAs !== undefined ? t('form.check.registered', { name: registeredAs }) : verdict()}
        </GtinVerdict>
        {offered !== undefined && (
          <Button size="compact-sm" variant="light" onClick={() => onChange(offered)}>
            {t(check.kind === 'wrong' ? 'form.check.use' : 'form.check.complete', { value: offered })}
          </Button>
        )}
      </Group>
    </div>
  );

  function verdict(): string {
    switch (check.kind) {
      case 'short':
        return t('form.check.short', { digits: check.digits, next: check.next });
      case 'long':
        return t('form.check.long', { digits: check.digits });
      case 'wrong':
        return t('form.check.wrong', { digit: check.digit });
      case 'right':
        return t('form.check.right', { length: check.length, gtin: check.gtin });
      default:
        return t(`form.check.${check.kind}`);
    }
  }
}

function GtinVerdict({
  id,
  tone,
  children,
}: {
  readonly id: string;
  readonly tone: 'good' | 'bad' | 'plain';
  readonly children: ReactNode;
}) {
  return (
    <Text id={id} size="sm" aria-live="polite" className="verdict" data-tone={tone}>
      <Icon name={tone === 'good' ? 'check' : tone === 'bad' ? 'alert' : 'clock'} size={14} /> {children}
    </Text>
  );
}
