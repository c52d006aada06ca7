import { execFileSync } from 'node:child_process';
import { createElectronCommand, prepareDataFolder } from '../../scripts/electron-command.ts';
import { projectFolder, type ResolvedElectron } from '../../scripts/resolve-electron.ts';
import { ELECTRON_VARIABLE } from '../../test/e2e/support/launch-station.ts';
import prepareRun from '../../test/e2e/support/prepare-run.ts';
import type { Round } from '../measure/rounds.ts';
import { makeEmptyElectron } from './empty-electron.ts';
import { timeStart } from './time-start.ts';

const LOGIN = '[data-testid^=operator-]';
const READY = '[data-testid=ready]';

/** One start of the product and one of an Electron that only opens a window, both as new processes. */
export async function createStartRound(options: { readonly data: string; readonly emptyData: string }) {
  const stopDisplay = await prepareRun();
  const electron = JSON.parse(process.env[ELECTRON_VARIABLE] ?? '{}') as ResolvedElectron;
  const product = createElectronCommand({ ...electron, projectFolder });
  const floor = createElectronCommand({ ...makeEmptyElectron(electron), projectFolder });
  prepareDataFolder(floor.user, options.emptyData);
  if (product.user !== undefined) {
    execFileSync('chown', ['-R', `${product.user.uid}:${product.user.gid}`, options.data]);
  }
  return {
    run: async (): Promise<Round> => ({
      product: [await timeStart(product, options.data, LOGIN)],
      floor: [await timeStart(floor, options.emptyData, READY)],
    }),
    stop: stopDisplay,
  };
}
