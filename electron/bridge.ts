/** The channels between a page and main. There are no others. */
export const channels = {
  call: 'station:call',
  event: 'station:event',
  core: 'station:core',
  coreState: 'station:core-state',
  restartCore: 'station:restart-core',
  quit: 'station:quit',
  savePdf: 'station:save-pdf',
} as const;

/** Main tells the preload the language by this argument of the page's process. */
export const LANGUAGE_ARGUMENT = '--station-language=';
