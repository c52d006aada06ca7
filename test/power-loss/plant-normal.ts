import { patchModule } from '../support/patch-module.ts';

/* Loaded before a core that must lose sales: what better-sqlite3 does to durability when nobody says otherwise. */

await patchModule({
  name: 'synchronous=NORMAL',
  file: 'db/open-database.ts',
  patches: [
    [
      "raw.pragma('synchronous = FULL');\n  // A line without",
      "raw.pragma('synchronous = NORMAL');\n  // A line without",
    ],
    ["${isWanted ? 'FULL' : 'NORMAL'}", 'NORMAL'],
  ],
});
