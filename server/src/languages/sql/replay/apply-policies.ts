// Applies row level security and policies to the catalog.
import type { Act } from '../lower/effects';
import type { Catalog } from './catalog';
import { touch, type Draft } from './draft';

export type PolicyAct = Extract<Act, { readonly do: 'secure' | 'force' | 'addPolicy' | 'alterPolicy' | 'renamePolicy' | 'dropPolicy' }>;

/** `create` gives a stand-in for a table that the history doesn't create; only what is added makes one. */
export function applyPolicyAct(catalog: Catalog, act: PolicyAct, create: () => Draft): void {
  const known = catalog.tables.find(act.table);
  const adds = (act.do === 'secure' && act.at) || act.do === 'addPolicy' || (act.do === 'force' && act.forced);
  if (!known && !adds) return;
  const draft = known ?? create();
  touch(draft, act);
  const policies = draft.policies ?? [];
  switch (act.do) {
    case 'secure':
      if (act.at) draft.secured = act.at;
      else delete draft.secured;
      return;
    case 'force':
      draft.forced = act.forced;
      return;
    case 'addPolicy':
      // A second one of that name fails in the database, unless a block asked first.
      if (!policies.some(({ name }) => name === act.policy.name)) draft.policies = [...policies, act.policy];
      return;
    case 'alterPolicy':
      draft.policies = policies.map((policy) => (policy.name === act.name ? { ...policy, ...act.patch } : policy));
      return;
    case 'renamePolicy':
      draft.policies = policies.map((policy) => (policy.name === act.name ? { ...policy, name: act.newName } : policy));
      return;
    case 'dropPolicy':
      draft.policies = policies.filter(({ name }) => name !== act.name);
      return;
    default:
      return act satisfies never;
  }
}
