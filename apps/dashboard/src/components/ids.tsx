import { Anchor, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useProductNames } from '../app/use-product-names.js';
import { CopyValue } from './copy-value.js';
import { describeThing } from './describe-thing.js';

const SHORT_CHARS = 12;

/** An entry: a link to its page, and its whole id to copy. */
export function EntryLink({ id, chars = SHORT_CHARS }: { readonly id: string; readonly chars?: number }) {
  return (
    <Group gap={2} wrap="nowrap" display="inline-flex" maw="100%">
      <Anchor
        component={Link}
        to="/chain/entries/$entryId"
        params={{ entryId: id } as never}
        className="mono"
        size="sm"
        title={id}
      >
        {id.slice(0, chars)}
      </Anchor>
      <CopyValue value={id} />
    </Group>
  );
}

export function BlockLink({ height }: { readonly height: number }) {
  return (
    <Anchor
      component={Link}
      to="/chain/blocks/$height"
      params={{ height: String(height) } as never}
      size="sm"
      className="tabular"
    >
      {height}
    </Anchor>
  );
}

/** A hash that is nobody's page: shortened, whole when copied. */
export function HashText({ value, chars = 16 }: { readonly value: string; readonly chars?: number }) {
  return (
    <Group gap={2} wrap="nowrap" display="inline-flex" maw="100%">
      <Text span size="sm" className="mono" title={value} truncate>
        {value.length > chars ? `${value.slice(0, chars)}…` : value}
      </Text>
      <CopyValue value={value} />
    </Group>
  );
}

/** An item, lot, container or product by what people call it, as a link to its page. */
export function ThingLink({ id, withCopy = true }: { readonly id: string; readonly withCopy?: boolean }) {
  const { t } = useTranslation('app');
  const products = useProductNames();
  const { kind, label, gtin } = describeThing(id);
  const product = gtin === undefined ? undefined : products.get(gtin);
  return (
    <Group gap={4} wrap="nowrap" display="inline-flex" maw="100%">
      <Anchor component={Link} to="/items/item" search={{ id } as never} size="sm" title={id} className="thing-link">
        <span className="thing-kind">{t(`thing.${kind}`)}</span> {kind === 'product' ? (product ?? label) : label}
        {product !== undefined && kind !== 'product' && <span className="thing-product"> · {product}</span>}
      </Anchor>
      {withCopy && <CopyValue value={id} />}
    </Group>
  );
}
