import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from './resolve-electron.ts';

/** What may be in the product: licences that ask for no more than their own text. OFL is for fonts. */
const FOR_THE_PRODUCT = ['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'OFL-1.1'];
/** Tools that stay on the developer's machine may also bear these. */
const FOR_TOOLS = [...FOR_THE_PRODUCT, 'BlueOak-1.0.0', 'CC0-1.0', 'MPL-2.0', 'Python-2.0', 'WTFPL'];

type Locked = { license?: string; version?: string; dev?: boolean };

/** Every locked package whose licence is not on the list, as `name@version: licence`. Reads the lock, so nothing is missed. */
export async function findForeignLicences(lockFile: string): Promise<{ read: number; foreign: string[] }> {
  const lock = JSON.parse(await readFile(lockFile, 'utf8')) as { packages: Record<string, Locked> };
  const packages = Object.entries(lock.packages).filter(([path]) => path !== '');
  const foreign = packages
    .filter(
      ([, locked]) => !isAllowed(locked.license ?? 'none stated', locked.dev === true ? FOR_TOOLS : FOR_THE_PRODUCT),
    )
    .map(
      ([path, { version, license }]) =>
        `${path.replace(/^.*node_modules\//, '')}@${version}: ${license ?? 'none stated'}`,
    );
  return { read: packages.length, foreign };
}

/** `A OR B` needs one that is allowed, `A AND B` all. */
function isAllowed(expression: string, allowed: readonly string[]): boolean {
  const choices = expression.replaceAll(/[()]/g, '').split(' OR ');
  return choices.some((choice) => choice.split(' AND ').every((name) => allowed.includes(name.trim())));
}

if (import.meta.main) {
  const { read, foreign } = await findForeignLicences(join(projectFolder, 'package-lock.json'));
  for (const line of foreign) console.error(`licence not on the list: ${line}`);
  console.log(`licences: ${read} packages read, ${foreign.length} not on the list`);
  process.exitCode = foreign.length > 0 || read === 0 ? 1 : 0;
}
