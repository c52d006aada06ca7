import type Database from 'better-sqlite3';
import { ErpError } from '../http/erp-error.ts';
import { parseObject, type JsonObject } from '../http/json.ts';

/** Looks rows of the small registers up; the `check` ones refuse a write that names what is not registered. */
export type Registers = {
  find(register: string, id: number): JsonObject | undefined;
  findBy(register: string, field: string, value: string): JsonObject | undefined;
  check(register: string, id: number | undefined, label: string): void;
  checkCode(register: string, field: string, code: string | undefined, label: string): JsonObject | undefined;
};

export function createRegisters(db: Database.Database): Registers {
  const byId = db
    .prepare<[string, number], string>('SELECT body FROM register_rows WHERE register = ? AND id = ?')
    .pluck();
  const byField = db
    .prepare<[string, string, string], string>('SELECT body FROM register_rows WHERE register = ? AND body ->> ? = ?')
    .pluck();

  const find = (register: string, id: number): JsonObject | undefined => {
    const body = byId.get(register, id);
    return body === undefined ? undefined : parseObject(body);
  };
  const findBy = (register: string, field: string, value: string): JsonObject | undefined => {
    const body = byField.get(register, field, value);
    return body === undefined ? undefined : parseObject(body);
  };
  return {
    find,
    findBy,
    check(register, id, label) {
      if (id !== undefined && find(register, id) === undefined)
        throw new ErpError(400, `${label} não cadastrado(a): ${id}`);
    },
    checkCode(register, field, code, label) {
      if (code === undefined) return undefined;
      const row = findBy(register, field, code);
      if (row === undefined) throw new ErpError(400, `${label} não cadastrado(a): ${code}`);
      return row;
    },
  };
}
