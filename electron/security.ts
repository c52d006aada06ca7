import { app, protocol, session, type WebContents } from 'electron';
import { url as inspectorUrl } from 'node:inspector';
import { APP_ORIGIN, serveAppFile } from './app-files.ts';

/**
 * Before the app is ready: makes `app://` a scheme like https, sandboxes every page's process whatever its window asks, and
 * closes Chromium's own debugging port in a release. (Fuses close Node's; a build whose fuse leaves that one open is a
 * test build, which Playwright drives over both.)
 */
export function secureBeforeReady(): void {
  if (app.isPackaged && inspectorUrl() === undefined) {
    for (const name of ['remote-debugging-port', 'remote-debugging-pipe', 'remote-debugging-address']) {
      app.commandLine.removeSwitch(name);
    }
  }
  app.enableSandbox();
  const privileges = { standard: true, secure: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges }]);
}

/** Once the app is ready: serves the pages, and refuses everything else a page could ask of the outside. */
export function secureSession(rendererFolder: string, isDev: boolean): void {
  const pages = session.defaultSession;
  pages.protocol.handle('app', (request) => serveAppFile(rendererFolder, request));
  pages.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  pages.setPermissionCheckHandler(() => false);
  pages.setDevicePermissionHandler(() => false);
  pages.on('will-download', (event) => event.preventDefault());
  pages.setSpellCheckerEnabled(false);
  // The policy of each page says the same; this holds even for a page without one.
  pages.webRequest.onBeforeRequest((details, answer) => {
    const isOurs = details.url.startsWith(`${APP_ORIGIN}/`) || /^(data|blob):/.test(details.url);
    answer({ cancel: !isOurs && !(isDev && details.url.startsWith('devtools:')) });
  });
  app.on('web-contents-created', (_event, contents) => confine(contents));
}

/** A page stays where main put it: no navigation, no second window, no embedded content. */
function confine(contents: WebContents): void {
  const stay = (event: { preventDefault: () => void; url: string }): void => {
    // Reloading is navigation to where the page already is.
    if (event.url !== contents.getURL() || !event.url.startsWith(`${APP_ORIGIN}/`)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
