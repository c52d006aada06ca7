#!/usr/bin/env node
import { defaultDataFolder } from './cli/default-data-folder.ts';
import { runProgram } from './cli/program.ts';

process.exitCode = await runProgram(process.argv.slice(2), {
  defaultData: defaultDataFolder(process.env),
  stdin: process.stdin,
  writeOut: (text) => console.log(text),
  writeErr: (text) => console.error(text),
});
// A stdin that somebody holds open must not keep a finished command alive.
process.stdin.unref?.();
