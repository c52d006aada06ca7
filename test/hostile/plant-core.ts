import { patchModule } from '../support/patch-module.ts';
import { hostileBugs } from './planted-bugs.ts';

/* Loaded into the core's process before it: one of its modules with a mistake. */

const bug = hostileBugs.find(({ name }) => name === process.env['HOSTILE_PLANT']);
if (bug === undefined) throw new Error(`no planted bug is called "${process.env['HOSTILE_PLANT'] ?? ''}"`);
await patchModule(bug);
