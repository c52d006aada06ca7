import type { RefusalOf } from '../../contract/refusals.ts';
import { ok, refuse, type Result } from '../../contract/result.ts';
import type { ReadDb } from '../../db/database-types.ts';
import { getOwnStore } from '../setup/read-policies.ts';
import { toMerchantCity, toMerchantName } from './br-code-rules.ts';

/** Whom a customer of this branch pays. */
export type PixMerchant = {
  readonly stationCode: string;
  readonly key: string;
  readonly merchantName: string;
  readonly merchantCity: string;
};

/** Whom the QR of this station names: the policies of its group, and the branch's own name where they give none. */
export function readPixMerchant(db: ReadDb): Result<PixMerchant, RefusalOf<'pix_not_ready'>> {
  const { store, policies, wrongFields } = getOwnStore(db);
  if (wrongFields.includes('pixChave')) return refuse({ code: 'pix_not_ready', lacks: 'pix_key_invalid' });
  if (policies.pixKey === null) return refuse({ code: 'pix_not_ready', lacks: 'pix_key_missing' });
  const merchantCity = toMerchantCity(policies.pixCity ?? '');
  if (merchantCity === '') return refuse({ code: 'pix_not_ready', lacks: 'pix_city_missing' });
  const names = [policies.pixName ?? '', store.tradeName, store.company].map(toMerchantName);
  return ok({
    stationCode: store.stationCode,
    key: policies.pixKey,
    // A QR must name somebody; the number of the company always can be written.
    merchantName: names.find((name) => name !== '') ?? store.cnpj,
    merchantCity,
  });
}
