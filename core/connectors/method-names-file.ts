import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMethodNames, readMethodOverrides, type MethodNames } from './millennium/method-names.ts';

/** Lies in the data folder of a station whose ERP names methods otherwise; docs/erp-methods.md. */
const FILE_NAME = 'erp-methods.json';

/** The file as it is now; `problem` when it is there and means nothing, and then nothing of it counts. */
export type MethodNamesFile = {
  readonly names: MethodNames;
  readonly changed: number;
  readonly problem: string | null;
};

/** Reads the file anew each time: a person changes it while the station runs, and the next connection follows. */
export function readMethodNamesFile(data: string): MethodNamesFile {
  const file = join(data, FILE_NAME);
  const none = { names: (method: string) => method, changed: 0 };
  if (!existsSync(file)) return { ...none, problem: null };
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return { ...none, problem: `${FILE_NAME}: não é JSON` };
    throw error;
  }
  const read = readMethodOverrides(value);
  if (!read.ok) return { ...none, problem: `${FILE_NAME}: ${read.problem}` };
  const { libraries, methods } = read.overrides;
  const changed = Object.keys(libraries).length + Object.keys(methods).length;
  return { names: createMethodNames(read.overrides), changed, problem: null };
}
