#!/usr/bin/env node
import { homedir } from 'node:os';
import { join } from 'node:path';
import { defaultDataFolder } from '../contract/default-data-folder.ts';
import { runProgram } from './cli/program.ts';

process.exitCode = await runProgram(process.argv.slice(2), {
  defaultData: defaultDataFolder({ env: process.env, platform: process.platform, homedir, join }),
  stdin: process.stdin,
  writeOut: (text) => console.log(text),
  writeErr: (text) => console.error(text),
});
// A stdin that somebody holds open must not keep a finished command alive.
process.stdin.unref?.();
