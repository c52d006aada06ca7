import { ok, refuse, type Result } from '../../contract/result.ts';
import type { RefusalOf } from '../../contract/refusals.ts';
import type { BranchRow, SalespersonRow, StationRow } from '../connectors/register-rows.ts';

/**
 * The address of a server as it is kept: scheme, host, port and path without a slash at the end.
 * Null when it is not an http(s) address, or carries what does not belong there (a password, a query).
 */
export function normalizeServerUrl(typed: string): string | null {
  const url = URL.parse(typed.trim());
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  if (url.hostname === '' || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    return null;
  return url.href.replace(/\/+$/, '');
}

/** Host and port of a normalized address, for a look at the network alone. */
export function hostOfServer(server: string): { readonly host: string; readonly port: number } {
  const url = new URL(server);
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port };
}

/** What a branch record lacks before its papers can carry a company, in the ERP's own field names. */
export function missingBranchFields(branch: Pick<BranchRow, 'branchCode' | 'name' | 'tradeName' | 'cnpj'>): string[] {
  return namesOfEmpty({
    cod_filial: branch.branchCode,
    nome: branch.name,
    fantasia: branch.tradeName,
    cnpj: branch.cnpj,
  });
}

/** What a station record lacks before it can sell, in the ERP's own field names. */
export function missingStationFields(station: StationRow): string[] {
  const missing = namesOfEmpty({ evento_venda: station.saleEvent, evento_devolucao: station.returnEvent });
  const numbers = { filial: station.branchId, vitrine: station.showcaseId };
  for (const [name, value] of Object.entries(numbers)) if (value <= 0) missing.push(name);
  if (!station.isActive) missing.push('ativo');
  return missing;
}

/**
 * The ERP's own spelling of the salesperson that was typed: a person types 24 where the ERP keeps 000024.
 *
 * Refuses: one who is not registered for the branch or left.
 */
export function chooseSalesperson(
  people: readonly SalespersonRow[],
  typed: string,
): Result<string, RefusalOf<'salesperson_unknown'>> {
  const fits = (code: string): SalespersonRow | undefined =>
    people.find((person) => person.isActive && person.salespersonCode === code);
  const person = fits(typed) ?? fits(typed.padStart(6, '0'));
  return person === undefined
    ? refuse({ code: 'salesperson_unknown', salespersonCode: typed })
    : ok(person.salespersonCode);
}

/** Whether version `own` satisfies `minimum`, both like `1.2.3`; a part that is no number counts as 0. */
export function isVersionEnough(own: string, minimum: string): boolean {
  const [ours, theirs] = [own, minimum].map((version) =>
    version.split('.').map((part) => Number.parseInt(part, 10) || 0),
  );
  for (let index = 0; index < (theirs?.length ?? 0); index += 1) {
    const difference = (ours?.[index] ?? 0) - (theirs?.[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

function namesOfEmpty(fields: Readonly<Record<string, string>>): string[] {
  return Object.entries(fields).flatMap(([name, value]) => (value.trim() === '' ? [name] : []));
}
