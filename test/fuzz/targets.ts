import { createConnectorTarget } from './connector-target.ts';
import { createContractTarget } from './contract-target.ts';
import type { Shop } from './make-shop.ts';
import type { Target } from './target.ts';

/** Everything that takes what others send; or only the one called `name`. */
export async function createTargets(shop: Shop, folder: string, name: string | null): Promise<readonly Target[]> {
  const makers: Readonly<Record<string, () => Target | Promise<Target>>> = {
    contract: () => createContractTarget(shop, folder),
    connector: () => createConnectorTarget(shop, folder),
  };
  const targets: Target[] = [];
  for (const [key, make] of Object.entries(makers)) if (name === null || name === key) targets.push(await make());
  if (targets.length === 0)
    throw new Error(`no target is called ${name ?? ''}; there are ${Object.keys(makers).join(', ')}`);
  return targets;
}
