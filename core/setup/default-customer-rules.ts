import type { RefusalOf } from '../../contract/refusals.ts';
import { ok, refuse, type Result } from '../../contract/result.ts';
import type { CustomerRow } from '../connectors/register-rows.ts';

const NAMES: readonly string[] = ['CONSUMIDOR', 'CONSUMIDOR FINAL'];
/** Enough to choose from; a search that brings more is not read out whole. */
const SHOWN = 5;

/**
 * The customer of anonymous sales among what the ERP found: the one with `code`, without a code the one whose whole
 * name is the usual one. A wrong customer would get every anonymous sale, so that none or several are refused.
 *
 * Refuses: what the register lacks, with the candidates, in the words of `register_incomplete`.
 */
export function chooseDefaultCustomer(
  candidates: readonly CustomerRow[],
  code: string | null,
): Result<CustomerRow, RefusalOf<'register_incomplete'>> {
  const fitting = candidates.filter((row) =>
    code === null ? NAMES.includes(foldName(row.name)) : row.customerCode === code,
  );
  const [only, ...others] = fitting;
  if (only !== undefined && others.length === 0) return ok(only);
  const wanted = code === null ? `cliente padrão ${NAMES.join(' ou ')}` : `cliente de código ${code}`;
  const lacking = only === undefined ? `${wanted}${list(candidates)}` : `um só ${wanted}${list(fitting)}`;
  return refuse({ code: 'register_incomplete', register: 'clientes', fields: [lacking] });
}

/** Names compare without accents, case and doubled spaces. */
function foldName(name: string): string {
  return name.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll(/\s+/g, ' ').trim().toUpperCase();
}

function list(rows: readonly CustomerRow[]): string {
  if (rows.length === 0) return '';
  const shown = rows.slice(0, SHOWN).map((row) => `${row.customerCode} ${row.name}`);
  const more = rows.length > SHOWN ? ` e mais ${rows.length - SHOWN}` : '';
  return ` (há ${shown.join(', ')}${more}; informe o código do cliente)`;
}
