import { ItemVerifyPanel } from '../../components/verify/item-verify-panel.js';

export function ProofTab({ id }: { readonly id: string }) {
  return <ItemVerifyPanel id={id} />;
}
