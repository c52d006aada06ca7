import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { z } from 'zod';
import { WrongOption } from '../../scripts/machine-options.ts';

/*
 * The tally of a machine that runs for hours (`--resume FILE`): kept in a file, so that the next run goes on where this one
 * ended, however it ended.
 */

/** What `file` holds, or `fresh` where there is none. Throws `WrongOption` when the file is something else. */
export function readKeptTally<Shape>(file: string, shape: z.ZodType<Shape>, fresh: Shape): Shape {
  if (!existsSync(file)) return fresh;
  try {
    return shape.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new WrongOption(`--resume ${file}: no tally of this command (${why}); name another file, or none`, {
      cause: error,
    });
  }
}

/** A kill in the middle leaves the tally of before. */
export function writeKeptTally(file: string, tally: object): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(tally)}\n`);
  renameSync(`${file}.new`, file);
}
