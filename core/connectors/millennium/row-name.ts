import { lowerKeys } from './decode-list.ts';

/** Fields by which people at the ERP find a row, the telling ones first; never one that names a person. */
const NAMES = ['sku', 'cod_produto', 'produto', 'codigo', 'cod_funcionario', 'operador', 'cod_tipo_pgto', 'tipo_pgto'];
const OTHER_NAMES = [
  'bandeira',
  'operadora',
  'condicoes_pgto',
  'motivo',
  'promocao',
  'cod_filial',
  'filial',
  'trans_id',
];
const MAX_NAME = 40;

/** What the ERP calls a row: the first field that says it, with its value. */
export function rowName(row: unknown): string {
  const fields = lowerKeys(row);
  if (typeof fields !== 'object' || fields === null) return 'linha sem campos';
  for (const name of [...NAMES, ...OTHER_NAMES]) {
    const value = (fields as Readonly<Record<string, unknown>>)[name];
    if (typeof value === 'string' || typeof value === 'number') return `${name} ${String(value).slice(0, MAX_NAME)}`;
  }
  return 'linha sem código';
}
