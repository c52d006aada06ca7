import { createConnectorTarget } from './connector-target.ts';
import { createContractTarget } from './contract-target.ts';
import { createDecoderTarget } from './decoder-target.ts';
import { createLinesTarget } from './lines-target.ts';
import type { Shop } from './make-shop.ts';
import type { Target, TargetName } from './target.ts';

/** Everything that takes what others send; or only the one called `name`. */
export async function createTargets(shop: Shop, folder: string, name: TargetName | null): Promise<readonly Target[]> {
  const { target: contract, station } = await createContractTarget(shop, folder);
  // The station is ended last: the lines are answered by it.
  const all = [
    await createLinesTarget(station, folder),
    createConnectorTarget(shop, folder),
    createDecoderTarget(),
    contract,
  ];
  if (name === null) return all;
  // The others get no cases, and are ended all the same.
  return all.map((target) => (target.name === name ? target : { ...target, share: 0 }));
}
