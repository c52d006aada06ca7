import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { runProgram } from '../../core/cli/program.ts';

/* What the command line says before any station is reached: Portuguese to the last word. */

const NAMES =
  'status errors send doctor serve backup backups restore summary pix enrol replace set-server integration payment-types ' +
  'call export-pending deliver catalog invoices reload reconcile printer help';
const COMMANDS = [...NAMES.split(' '), 'catalog push', 'printer set', 'printer queue', 'printer discard'];
const ENGLISH =
  /\b(usage|options?|commands?|arguments?|display|default|choices|error|required|unknown|invalid|expected)\b/i;

async function say(line: string): Promise<{ code: number; text: string }> {
  const said: string[] = [];
  const write = (text: string): void => void said.push(text);
  const base = {
    defaultData: '/nowhere',
    stdin: Readable.from(['uma frase bem longa\n']),
    writeOut: write,
    writeErr: write,
  };
  const code = await runProgram(line === '' ? [] : line.split(' '), base);
  return { code, text: said.join('\n') };
}

it.each(['', ...COMMANDS])('help of `station %s`', async (line) => {
  const { code, text } = await say(`${line} --help`.trim());
  expect(code).toBe(0);
  expect(text).toMatch(/^Uso: station/m);
  expect(text).not.toMatch(ENGLISH);
});

it.each([
  ['', 'Comandos:'],
  ['bogus', 'O comando bogus não existe.'],
  ['statu', 'Seria status?'],
  ['status --bogus', 'A opção --bogus não existe.'],
  ['status extra', 'Sobra na linha de comando: extra.'],
  ['call', 'Falta o argumento <método>.'],
  ['call station.view {', "O valor { não serve para <json>. Não é JSON; escreva, por exemplo, '{"],
  ['--data', 'Falta o valor da opção --data <pasta>.'],
  ['enrol --station E01', 'Falta a opção --server <endereço>.'],
  ['summary --day x', 'O valor x não serve para --day <AAAA-MM-DD>. O dia se escreve AAAA-MM-DD.'],
  ['integration maybe', 'O valor maybe não serve para <estado>. Use um destes: on, off.'],
  ['invoices --format xml', 'Use um destes: csv, json.'],
  ['reload bogus', 'É um destes: station,'],
  ['catalog', 'Uso: station catalog'],
  ['printer bogus', 'Sobra na linha de comando: bogus.'],
  ['printer set --network http://x/', 'É um endereço, com a porta se não for 9100'],
  ['printer set --columns 40', 'É 48 ou 32.'],
  ['printer set --none --device COM3', 'não combina com'],
  ['printer discard', 'ou --all para todos.'],
  ['printer discard 3 --all', 'ou --all para todos.'],
  ['printer discard x', 'É o número da primeira coluna'],
  [`catalog push ${import.meta.dirname}`, 'é uma pasta.'],
  ['export-pending x.bin --from /nowhere/at/all.db', 'O arquivo /nowhere/at/all.db não existe'],
  ['backups --folder /nowhere/at/all', 'A pasta /nowhere/at/all não existe.'],
])('`station %s` is not understood, and says why', async (line, expected) => {
  const { code, text } = await say(line);
  expect(code).toBe(2);
  expect(text).toContain(expected);
  expect(text).not.toMatch(ENGLISH);
});
