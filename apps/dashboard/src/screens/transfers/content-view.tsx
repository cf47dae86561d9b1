import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ThingLink } from '../../components/ids.js';
import { countContent, type ContentNode } from './content-tree.js';

/** Open from the beginning, as long as it is not long. */
const OPEN_MAX = 30;

/** Containers with what is inside, folded where there is much of it. */
export function ContentView({ nodes, label }: { readonly nodes: readonly ContentNode[]; readonly label: string }) {
  return (
    <ul className="content-tree" aria-label={label}>
      {nodes.map((node) => (
        <ContentItem key={node.id} node={node} />
      ))}
    </ul>
  );
}

function ContentItem({ node: { id, inside } }: { readonly node: ContentNode }) {
  const { t } = useTranslation('transfers');
  const count = countContent(inside);
  return (
    <li>
      <ThingLink id={id} />
      {inside.length > 0 && (
        <details open={count <= OPEN_MAX}>
          <summary>
            <Text span size="xs" c="dimmed">
              {t('detail.pieces', { count })}
            </Text>
          </summary>
          <ul>
            {inside.map((node) => (
              <ContentItem key={node.id} node={node} />
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}
