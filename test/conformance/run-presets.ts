import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startSandbox, temporaryFolder } from '../sandbox/support.ts';
import { SANDBOX } from '../support/programs.ts';
import { openKeptStations } from './kept-station.ts';
import type { CaseResult } from './run-cases.ts';
import { runConformance } from './run-conformance.ts';

/** The names of the dialects that the stand-in ERP speaks. */
export async function listPresets(): Promise<string[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [SANDBOX, '--list-presets']);
  return (JSON.parse(stdout) as { readonly name: string }[]).map(({ name }) => name);
}

/** The suite against a new stand-in ERP in one dialect, with the user and the operators of the demo store. */
export async function runPreset(preset: string, onResult: (result: CaseResult) => void): Promise<CaseResult[]> {
  const folder = temporaryFolder();
  const erp = await startSandbox(folder.path, ['--preset', preset]);
  const demo = { operator: '1', pin: '1111', manager: '9', managerPin: '9999', json: true };
  try {
    return await runConformance(
      { server: erp.url, user: 'e01', password: 'demo-e01', station: 'E01', ...demo },
      onResult,
      openKeptStations(join(folder.path, 'stations')),
    );
  } finally {
    await erp.end('SIGTERM');
    folder.remove();
  }
}
