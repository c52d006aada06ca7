import { patchModule } from '../support/patch-module.ts';

/* Loaded before a core that shall move its log beside the sales of a session, which are too few to make it long. */

await patchModule({
  name: 'a short log is long',
  file: 'core/checkpoints.ts',
  patches: [
    ['const LONG_LOG_PAGES = 1_000;', 'const LONG_LOG_PAGES = 1;'],
    ['const LOOK_MS = 250;', 'const LOOK_MS = 5;'],
  ],
});
