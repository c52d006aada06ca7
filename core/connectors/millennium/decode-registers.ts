import { z } from 'zod';
import type {
  BranchRow,
  CustomerRow,
  GroupRow,
  OperatorRow,
  PaymentTypeRow,
  SalespersonRow,
  StationRow,
} from '../register-rows.ts';
import { lowerKeys } from './decode-list.ts';
import { erpFlag, erpInstantOrNull, erpInteger, erpKey, erpText } from './field-codecs.ts';

/** Policies and permissions are kept in the ERP's own words: `core/setup` and `core/operator` read them. */
const Words = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((words) => words ?? {});

export const MillenniumStation = z
  .object({
    estacao: erpInteger,
    codigo: erpKey,
    descricao: erpText,
    grupo: erpInteger,
    filial: erpInteger,
    cod_caixa: erpInteger,
    serie: erpText,
    evento_venda: erpText,
    evento_devolucao: erpText,
    vitrine: erpInteger,
    tabela: erpInteger,
    ativo: erpFlag(true),
    trans_id: erpInteger,
  })
  .transform((row): StationRow => ({
    stationId: row.estacao,
    stationCode: row.codigo,
    description: row.descricao,
    groupId: row.grupo,
    branchId: row.filial,
    cashRegisterCode: row.cod_caixa,
    series: row.serie,
    saleEvent: row.evento_venda,
    returnEvent: row.evento_devolucao,
    showcaseId: row.vitrine,
    priceTableId: row.tabela,
    isActive: row.ativo,
    transId: row.trans_id,
  }));

const StationCode = z.object({ codigo: erpKey });

/** The code of a station whose row cannot be read as a whole; null when that cannot be read either. */
export function stationCodeOf(row: unknown): string | null {
  const parsed = StationCode.safeParse(lowerKeys(row));
  return parsed.success ? parsed.data.codigo : null;
}

export const MillenniumGroup = z
  .object({ grupo: erpInteger, codigo: erpText, descricao: erpText, politicas: Words, trans_id: erpInteger })
  .transform((row): GroupRow => ({
    groupId: row.grupo,
    code: row.codigo,
    description: row.descricao,
    policies: row.politicas,
    transId: row.trans_id,
  }));

export const MillenniumBranch = z
  .object({ filial: erpInteger, cod_filial: erpKey, nome: erpText, fantasia: erpText, cnpj: erpText, estado: erpText })
  .transform((row): BranchRow => ({
    branchId: row.filial,
    branchCode: row.cod_filial,
    name: row.nome,
    tradeName: row.fantasia,
    cnpj: row.cnpj,
    state: row.estado.toUpperCase(),
  }));

export const MillenniumOperator = z
  .object({
    operador: erpInteger,
    codigo: erpKey,
    nome: erpText,
    perfil: erpText,
    pin_hash: erpText,
    permissoes: Words,
    ativo: erpFlag(true),
    trans_id: erpInteger,
  })
  .transform((row): OperatorRow => ({
    operatorId: row.operador,
    operatorCode: row.codigo,
    name: row.nome,
    profile: profileOf(row.perfil),
    pinHash: row.pin_hash,
    permissions: row.permissoes,
    isActive: row.ativo,
    transId: row.trans_id,
  }));

export const MillenniumSalesperson = z
  .object({ funcionario: erpInteger, cod_funcionario: erpKey, nome: erpText, inativo: erpFlag(false) })
  .transform((row): SalespersonRow => ({
    salespersonId: row.funcionario,
    salespersonCode: row.cod_funcionario,
    name: row.nome,
    isActive: !row.inativo,
  }));

export const MillenniumPaymentType = z
  .object({
    tipo_pgto: erpInteger,
    cod_tipo_pgto: erpText,
    desc_tipo: erpText,
    especie: erpText,
    ativo: erpFlag(true),
  })
  .transform((row): PaymentTypeRow => ({
    paymentTypeId: row.tipo_pgto,
    code: row.cod_tipo_pgto,
    description: row.desc_tipo,
    kind: kindOf(row.especie === '' ? row.desc_tipo : row.especie),
    isActive: row.ativo,
  }));

export const MillenniumCardBrand = z
  .object({ bandeira: erpInteger, desc_bandeira: erpText })
  .transform((row) => ({ cardBrandId: row.bandeira, description: row.desc_bandeira }));

export const MillenniumAcquirer = z
  .object({ operadora: erpInteger, desc_operadora: erpText })
  .transform((row) => ({ acquirerId: row.operadora, description: row.desc_operadora }));

/** Of a customer only what stands for everybody is read here: no personal data leaves this decoder. */
export const MillenniumCustomer = z
  .object({ cliente: erpInteger, cod_cliente: erpText, nome: erpText })
  .transform((row): CustomerRow => ({ customerId: row.cliente, customerCode: row.cod_cliente, name: row.nome }));

export const MillenniumVersion = z
  .object({ versao: erpText, versao_minima_estacao: erpText, data_hora: erpInstantOrNull })
  .refine(({ versao, data_hora }) => versao !== '' || data_hora !== null, { message: 'no version is said' })
  .transform((row) => ({ version: row.versao, minimumStation: row.versao_minima_estacao, serverAt: row.data_hora }));

/** An unknown profile gets the least authority. */
function profileOf(text: string): OperatorRow['profile'] {
  const word = plain(text);
  if (word.includes('SUPERVISOR')) return 'supervisor';
  return word.includes('GERENTE') ? 'manager' : 'cashier';
}

/** The words of `especie` are assumed; what is not understood is `other`, which the till does not take as cash. */
function kindOf(text: string): PaymentTypeRow['kind'] {
  const word = plain(text);
  if (word.includes('DINHEIRO')) return 'cash';
  if (word.includes('PIX')) return 'pix';
  if (/CREDITO.LOJA|VALE/.test(word)) return 'store_credit';
  if (/CARTAO.*LOJA|PRESENTE/.test(word)) return 'other';
  if (word.includes('DEBITO')) return 'debit_card';
  return /CARTAO.*CREDITO|CREDITO.*CARTAO/.test(word) ? 'credit_card' : 'other';
}

function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toUpperCase();
}
