import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';

/** A recall by its title. */
export function RecallLink({ id, title }: { readonly id: string; readonly title: string }) {
  return (
    <Anchor
      component={Link}
      to="/recalls/$recallId"
      params={{ recallId: id } as never}
      size="sm"
      title={title}
      className="thing-link"
    >
      {title}
    </Anchor>
  );
}
