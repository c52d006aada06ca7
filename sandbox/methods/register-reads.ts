import type { ErpMethod, ParameterKind, ReadCall } from '../http/erp-method.ts';
import type { DateFormat } from '../http/date-format.ts';
import { isJsonObject, textField, type JsonObject } from '../http/json.ts';
import type { Store } from '../store/open-store.ts';
import { createSelectRows } from '../store/select-rows.ts';

type RegisterRow = { trans_id: number; body: string };

/** The newer and the older spelling: a server has one of them. */
export const PAYMENT_TYPES = [
  'millenium_eco.pedido_venda.listatipospgto',
  'millenium_eco.pedido_venda.listatipopgto',
] as const;

/** Which list method answers which register; those with `trans_id` are read by cursor, the others whole. */
const LISTS: readonly {
  name: string;
  register: string;
  summary: string;
  parameters: Readonly<Record<string, ParameterKind>>;
}[] = [
  {
    name: 'millenium_eco.filiais.lista_simples',
    register: 'filiais',
    summary: 'Filiais',
    parameters: { filial: 'integer', cod_filial: 'text' },
  },
  {
    name: 'millenium.funcionarios.lista',
    register: 'funcionarios',
    summary: 'Vendedores',
    parameters: { filial: 'integer', funcionario: 'integer' },
  },
  ...PAYMENT_TYPES.map((name) => ({
    name,
    register: 'tipos_pgto',
    summary: 'Tipos de pagamento',
    parameters: { vitrine: 'integer', tipo_pgto: 'integer' } as const,
  })),
  {
    name: 'millenium_eco.pedido_venda.listabandeiras',
    register: 'bandeiras',
    summary: 'Bandeiras de cartão',
    parameters: { vitrine: 'integer', bandeira: 'integer' },
  },
  {
    name: 'millenium_eco.pedido_venda.listaoperadoras',
    register: 'operadoras',
    summary: 'Operadoras de cartão',
    parameters: { vitrine: 'integer', operadora: 'integer' },
  },
  {
    name: 'millenium.condicoes_pgto.lista',
    register: 'condicoes_pgto',
    summary: 'Condições de pagamento',
    parameters: { condicoes_pgto: 'integer', codigo: 'text' },
  },
  ...['grupos_estacoes', 'estacoes', 'operadores', 'motivos_financeiros', 'promocoes'].map((register) => ({
    name: `millenium!storemanager.${register}.lista`,
    register,
    summary: `Cadastro de ${register.replace('_', ' ')}`,
    parameters: { trans_id: 'integer', codigo: 'text' } as const,
  })),
];

/** The small registers and the server's version. */
export function registerReads({ db }: Store, nowMs: () => number): readonly ErpMethod[] {
  const select = createSelectRows(db);

  function listRegister(
    register: string,
    hasCursor: boolean,
    parameters: readonly string[],
    call: ReadCall,
  ): readonly JsonObject[] {
    const rows = select<RegisterRow>({
      from: 'SELECT trans_id, body FROM register_rows',
      filters: [
        { sql: 'register = ?', value: register },
        { sql: 'trans_id > ?', value: hasCursor ? call.after : undefined },
        { sql: 'trans_id NOT IN (SELECT value FROM json_each(?))', value: hasCursor ? call.hidden : undefined },
      ],
      tail: `ORDER BY trans_id ${call.direction}`,
      top: 0,
    });
    const wanted = rows.flatMap(({ trans_id, body }) => {
      const row: unknown = JSON.parse(body);
      if (!isJsonObject(row) || !parameters.every((name) => fits(row, name, call))) return [];
      return [withDates(hasCursor ? { ...row, trans_id } : row, call.dates)];
    });
    return call.top === 0 ? wanted : wanted.slice(0, call.top);
  }

  const lists = LISTS.map(({ name, register, summary, parameters }): ErpMethod => {
    const filters = Object.keys(parameters).filter((parameter) => parameter !== 'trans_id' && parameter !== 'vitrine');
    return {
      kind: 'read',
      name,
      summary,
      parameters,
      ...('trans_id' in parameters ? { sequence: `register:${register}` } : {}),
      ...(register === 'funcionarios' ? { isPosted: true } : {}),
      rows: (call) => listRegister(register, 'trans_id' in parameters, filters, call),
    };
  });

  const version: ErpMethod = {
    kind: 'read',
    name: 'millenium!storemanager.versao.consulta',
    summary: 'Versão do servidor e seu relógio',
    parameters: {},
    rows: ({ dates }) => [{ versao: '2026.9.1', versao_minima_estacao: '0.1.0', data_hora: dates.instant(nowMs()) }],
  };
  return [...lists, version];
}

/** The days that registers carry, as the caller wants dates. */
function withDates(row: JsonObject, dates: DateFormat): JsonObject {
  const days = ['inicio', 'fim'].flatMap((name) => {
    const day = textField(row, name);
    return day === undefined ? [] : [[name, dates.day(day)]];
  });
  return days.length === 0 ? row : { ...row, ...Object.fromEntries(days) };
}

/** A row fits when the caller did not give the parameter or gave the row's own value; employees' fields are in capitals. */
function fits(row: JsonObject, parameter: string, call: ReadCall): boolean {
  const wanted = call.arguments.integer(parameter) ?? call.arguments.text(parameter);
  return wanted === undefined || (row[parameter] ?? row[parameter.toUpperCase()]) === wanted;
}
