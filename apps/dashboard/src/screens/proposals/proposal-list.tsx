import { Anchor, Badge, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../app/api.js';
import { useOrganizations } from '../../app/use-organizations.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { sentenceOf, STATE_COLORS } from './proposal-words.js';
import './proposals.css';

const SHOWN_MAX = 20;

/** The latest proposals about one organisation. */
export function ProposalList({ about, empty }: { readonly about: string; readonly empty: string }) {
  const { t } = useTranslation('proposals');
  const organizations = useOrganizations();
  const { data, error } = useQuery({
    queryKey: ['proposals', 'about', about],
    meta: { live: true },
    queryFn: ({ signal }) => api.call('listProposals', { query: { about, limit: SHOWN_MAX }, signal }),
  });
  if (error !== null) return <ProblemAlert error={error} />;
  if (data === undefined) return <Skeleton h={60} />;
  if (data.items.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {empty}
      </Text>
    );
  return (
    <ul className="proposal-list">
      {data.items.map((proposal) => (
        <li key={proposal.id}>
          <Badge color={STATE_COLORS[proposal.state]}>{t(`state.${proposal.state}`)}</Badge>
          <Anchor component={Link} to="/proposals/$proposalId" params={{ proposalId: proposal.id } as never} size="sm">
            {sentenceOf(t, proposal, organizations)}
          </Anchor>
        </li>
      ))}
    </ul>
  );
}
