import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, unlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ResolvedElectron } from '../../scripts/resolve-electron.ts';
import { benchFolder } from '../store/prepare-store.ts';
import { EMPTY_APP } from './page-scripts.ts';

/**
 * The same Electron with an app that only opens a window. An Electron that takes a folder is given one; one that runs what
 * lies in its `resources/app` is linked file by file, beside another `resources/app`.
 */
export function makeEmptyElectron(electron: ResolvedElectron): ResolvedElectron {
  const app = join(benchFolder, 'empty-app');
  mkdirSync(app, { recursive: true });
  writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'empty', main: 'main.js' }));
  writeFileSync(join(app, 'main.js'), EMPTY_APP);
  if (electron.args.length > 0) return { ...electron, args: [app] };
  const folder = join(benchFolder, `empty-${basename(electron.folder)}`);
  // Only Linux has such an Electron (scripts/electron-fallback.ts). Its app is a link to the checkout: nothing here may
  // follow it, so `rm` and `cp -a` do the work.
  execFileSync('rm', ['-rf', folder]);
  execFileSync('cp', ['-al', electron.folder, folder]);
  unlinkSync(join(folder, 'resources', 'app'));
  cpSync(app, join(folder, 'resources', 'app'), { recursive: true });
  return { ...electron, folder, executable: join(folder, basename(electron.executable)) };
}
