import { Anchor, Group } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { CopyValue } from '../../components/copy-value.js';

const SHORT_CHARS = 10;

/** A transfer by the entry id of its offer. */
export function TransferLink({ id }: { readonly id: string }) {
  return (
    <Group gap={2} wrap="nowrap" display="inline-flex">
      <Anchor
        component={Link}
        to="/transfers/$transferId"
        params={{ transferId: id } as never}
        className="mono"
        size="sm"
        title={id}
      >
        {id.slice(0, SHORT_CHARS)}
      </Anchor>
      <CopyValue value={id} />
    </Group>
  );
}
