import type { JsonObject } from './json.ts';

/** A refusal in the ERP's own words; becomes its error reply, and rolls the write back. */
export class ErpError extends Error {
  readonly status: number;

  constructor(status: number, text: string) {
    super(text);
    this.status = status;
  }
}

/** The one shape in which Millennium answers an error, whatever its kind. */
export function errorBody(status: number, text: string): JsonObject {
  return { error: { code: status, message: { lang: 'pt-br', value: text } } };
}
