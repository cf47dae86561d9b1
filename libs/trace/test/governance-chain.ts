import { keyIdOf, rootCommitmentOf, type ProposalRequest } from '#identity';
import {
  ballot,
  itemCommissioning,
  keyRecovery,
  keyRevocation,
  keyRotation,
  organizationUpdate,
  productRegistration,
  proposalOpening,
  proposalWithdrawal,
} from '#trace';
import { didOf, governedGenesisText, GovernedNetwork, readGenesis, signerOf } from './governed-network.js';
import type { TraceChainVector } from './trace-chain.js';

const FOUNDERS = ['carrier', 'maker', 'retailer', 'wholesaler'];

/**
 * A chain in which every kind of governance entry, every action and every end of a proposal occurs, from fixed seeds. Who does
 * what is told line by line; the frozen outcomes tell what came of it.
 */
export function makeGovernanceChain(): TraceChainVector {
  const genesis = governedGenesisText(FOUNDERS);
  const net = new GovernedNetwork(readGenesis(genesis));
  const opening = (author: string, action: ProposalRequest, when: { expiresAt?: number; effectHeight?: number } = {}) =>
    net.entry(author, proposalOpening({ action, reason: 'as agreed', expiresAt: net.height + 20, ...when }));
  /** Opened by the carrier and agreed by maker and retailer, in one block. */
  const agreed = (action: ProposalRequest, when: { expiresAt?: number; effectHeight?: number } = {}) => {
    const opened = opening('carrier', action, when);
    const proposal = opened.statement.entryId;
    return [opened, ...['maker', 'retailer'].map((name) => net.entry(name, ballot({ proposal, choice: 'yes' })))];
  };

  // A grower and an auditor are admitted; the maker says more about itself.
  net.block(
    ...agreed(
      net.admission('grower', {
        names: { zh: '种植者' },
        gs1CompanyPrefixes: ['9521999'],
        gln: '9521321000001',
        contact: 'office@grower.example',
        nodeAddress: 'grower.example:7420',
        apiUrl: 'https://grower.example',
        invitationId: 'cd'.repeat(32),
      }),
    ),
    ...agreed(net.admission('inspector', { roles: ['auditor'] })),
    net.entry('maker', organizationUpdate(didOf('maker'), { name: 'Maker & Sons', furtherGlns: ['9521321000018'], contact: 'office' })),
  );
  // The grower trades at once, and becomes a validator; the maker takes its contact away again.
  net.block(
    net.entry('grower', productRegistration({ gtin: '09521999000006', name: 'Olives' }), { purpose: 'sign' }),
    net.entry('grower', itemCommissioning({ gtin: '09521999000006', serials: ['1'] }), { purpose: 'sign' }),
    net.entry('maker', organizationUpdate(didOf('maker'), { contact: null })),
    ...agreed({ kind: 'validators.change', change: 'add', did: didOf('grower') }),
  );
  // One proposal is rejected, one withdrawn, one waits for its height, one expires.
  const rejected = opening('grower', { kind: 'organization.suspend', did: didOf('wholesaler') });
  const withdrawn = opening('maker', { kind: 'validators.change', change: 'remove', did: didOf('grower') });
  const later = agreed({ kind: 'parameters.change', parameters: { batchWaitMs: 20, heartbeatMs: 60_000 }, thresholds: { 'key.revoke': 51 } }, { expiresAt: 5, effectHeight: 8 });
  net.block(rejected, withdrawn, ...later, opening('retailer', { kind: 'organization.remove', did: didOf('maker') }, { expiresAt: 5 }));
  net.block(
    net.entry('wholesaler', ballot({ proposal: rejected.statement.entryId, choice: 'no', reason: 'it is us' })),
    net.entry('maker', ballot({ proposal: rejected.statement.entryId, choice: 'no' })),
    net.entry('maker', proposalWithdrawal({ proposal: withdrawn.statement.entryId, reason: 'a mistake' })),
    net.entry('grower', ballot({ proposal: later[0]?.statement.entryId as string, choice: 'yes' })),
  );
  // Keys: admin by admin, root by root, a replacement for a stolen key, everything by the root key.
  const rotated = net.keyWithProof('maker', 'admin', 2);
  const root = net.keyWithProof('maker', 'root', 2);
  net.block(
    net.entry('maker', keyRotation({ purpose: 'admin', ...rotated, overlapBlocks: 2 })),
    net.entry('maker', keyRotation({ purpose: 'root', ...root, rootCommitment: rootCommitmentOf(signerOf('maker', 'root', 3).publicKey) }), { purpose: 'root' }),
    net.entry(
      'retailer',
      keyRevocation({
        keyId: keyIdOf(signerOf('retailer', 'node').publicKey),
        notTrustedFrom: 4,
        reason: 'the machine was stolen',
        replacement: net.keyWithProof('retailer', 'node', 2),
      }),
    ),
    net.entry(
      'wholesaler',
      keyRecovery(didOf('wholesaler'), {
        keys: { admin: net.keyWithProof('wholesaler', 'admin', 2), sign: net.keyWithProof('wholesaler', 'sign', 2), node: net.keyWithProof('wholesaler', 'node', 2) },
        notTrustedFrom: 3,
        reason: 'the passphrase was on a note',
      }),
      { purpose: 'root' },
    ),
  );
  // The recovered key governs. Two changes of the validators in one block take effect one after the other, a third fails.
  net.block(
    net.entry('wholesaler', proposalOpening({ action: { kind: 'organization.remove', did: didOf('carrier') }, expiresAt: 20 }), { number: 2 }),
  );
  const removal = opening('carrier', { kind: 'organization.remove', did: didOf('wholesaler') });
  const suspension = opening('carrier', { kind: 'organization.suspend', did: didOf('grower') });
  const again = opening('retailer', { kind: 'validators.change', change: 'remove', did: didOf('grower') });
  const yes = (name: string, proposal: string, number = 1) => net.entry(name, ballot({ proposal, choice: 'yes' }), { number });
  net.block(removal, suspension, again);
  net.block(
    ...[removal, suspension, again].flatMap(({ statement: { entryId } }) => [
      yes('maker', entryId, 2),
      ...(entryId === again.statement.entryId ? [yes('carrier', entryId)] : [yes('retailer', entryId)]),
      yes('grower', entryId),
    ]),
  );
  net.block();
  net.block();
  // Three validators are left; the grower comes back as what it was at first.
  net.block(...agreed3(net, { kind: 'organization.readmit', did: didOf('grower') }));
  net.block(
    ...agreed3(net, { kind: 'organization.roles', did: didOf('inspector'), roles: ['member', 'auditor'] }),
    ...agreed3(net, { kind: 'key.revoke', keyId: keyIdOf(signerOf('grower', 'sign').publicKey), notTrustedFrom: 2 }),
  );
  net.block();
  return { genesis, blocks: net.vectorBlocks() };
}

/** Opened by the carrier and agreed by the retailer, while three validators are left. */
function agreed3(net: GovernedNetwork, action: ProposalRequest) {
  const opened = net.entry('carrier', proposalOpening({ action, expiresAt: net.height + 5 }));
  return [opened, net.entry('retailer', ballot({ proposal: opened.statement.entryId, choice: 'yes' }))];
}
