import { InvalidArgumentError } from 'commander';

/** A calendar day as it is typed. */
export function parseDay(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T12:00:00Z`))) return text;
  throw new InvalidArgumentError('O dia se escreve AAAA-MM-DD.');
}
