import { Checkbox, Fieldset, Group, NumberInput, SegmentedControl, Select, SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNetwork } from '../../app/use-network.js';
import { useOrganizations } from '../../app/use-organizations.js';
import { PARAMETERS, type ProposalDraft } from './proposal-form.js';
import { PROPOSAL_KINDS, fieldWord } from './proposal-words.js';

interface FieldsProps {
  readonly draft: ProposalDraft;
  readonly onChange: (part: Partial<ProposalDraft>) => void;
}

/** What each kind of proposal asks for. */
export function ActionFields(props: FieldsProps) {
  const { t } = useTranslation('proposals');
  const { draft, onChange } = props;
  switch (draft.kind) {
    case 'key.revoke':
      return (
        <>
          <OrganizationSelect {...props} />
          <KeyFields {...props} />
        </>
      );
    case 'parameters.change':
      return <ParameterFields {...props} />;
    case 'organization.roles':
      return (
        <>
          <OrganizationSelect {...props} />
          <Checkbox.Group
            label={t('newRoles')}
            description={t('newRolesHelp')}
            value={[...draft.roles]}
            onChange={(roles) => onChange({ roles: roles as ProposalDraft['roles'] })}
          >
            <Group mt="xs">
              <Checkbox value="member" label={t('roles.member')} />
              <Checkbox value="auditor" label={t('roles.auditor')} />
            </Group>
          </Checkbox.Group>
        </>
      );
    case 'validators.change':
      return (
        <>
          <SegmentedControl
            aria-label={t('field.validators')}
            value={draft.change}
            onChange={(change) => onChange({ change: change === 'remove' ? 'remove' : 'add' })}
            data={[
              { value: 'add', label: t('addValidator') },
              { value: 'remove', label: t('removeValidator') },
            ]}
          />
          <OrganizationSelect {...props} />
        </>
      );
    default:
      return <OrganizationSelect {...props} />;
  }
}

function OrganizationSelect({ draft, onChange }: FieldsProps) {
  const { t } = useTranslation('proposals');
  const organizations = useOrganizations();
  return (
    <Select
      label={t('organization')}
      placeholder={t('choose')}
      required
      searchable
      value={draft.did === '' ? null : draft.did}
      onChange={(did) => onChange({ did: did ?? '', keyId: '' })}
      data={[...organizations.values()].map(({ did, name }) => ({ value: did, label: `${name} · ${did}` }))}
    />
  );
}

function KeyFields({ draft, onChange }: FieldsProps) {
  const { t } = useTranslation('proposals');
  const organizations = useOrganizations();
  const { data: network } = useNetwork();
  const keys = organizations.get(draft.did)?.keys ?? [];
  return (
    <>
      <Select
        label={t('key')}
        placeholder={t('choose')}
        required
        disabled={keys.length === 0}
        value={draft.keyId === '' ? null : draft.keyId}
        onChange={(keyId) => onChange({ keyId: keyId ?? '' })}
        data={keys
          .filter(({ revoked }) => !revoked)
          .map(({ keyId, purpose, validFrom }) => ({
            value: keyId,
            label: t('keyChoice', {
              purpose: purpose in PURPOSES ? t(`purposes.${purpose as keyof typeof PURPOSES}`) : purpose,
              key: keyId.slice(0, 8),
              height: validFrom,
            }),
          }))}
      />
      <NumberInput
        label={t('field.notTrustedFrom')}
        description={t('notTrustedHelp', { height: network?.height ?? 0 })}
        required
        min={0}
        allowDecimal={false}
        value={draft.notTrustedFrom}
        onChange={(value) => onChange({ notTrustedFrom: typeof value === 'number' ? value : '' })}
      />
    </>
  );
}

const PURPOSES = { node: true, sign: true, admin: true, root: true } as const;

function ParameterFields({ draft, onChange }: FieldsProps) {
  const { t } = useTranslation('proposals');
  const change = (part: 'parameters' | 'thresholds', name: string) => (value: number | string) => {
    const { [name]: _before, ...others } = draft[part];
    onChange({ [part]: typeof value === 'number' ? { ...others, [name]: value } : others });
  };
  return (
    <>
      <Fieldset legend={t('parameters')}>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          {PARAMETERS.map((name) => (
            <NumberInput
              key={name}
              size="xs"
              label={fieldWord(t, name)}
              placeholder={t('unchanged')}
              min={0}
              allowDecimal={false}
              value={draft.parameters[name] ?? ''}
              onChange={change('parameters', name)}
            />
          ))}
        </SimpleGrid>
      </Fieldset>
      <Fieldset legend={t('thresholds')}>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          {PROPOSAL_KINDS.map((kind) => (
            <NumberInput
              key={kind}
              size="xs"
              label={t(`kind.${kind}`)}
              placeholder={t('unchanged')}
              min={51}
              max={100}
              suffix=" %"
              allowDecimal={false}
              value={draft.thresholds[kind] ?? ''}
              onChange={change('thresholds', kind)}
            />
          ))}
        </SimpleGrid>
      </Fieldset>
    </>
  );
}
