import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join, relative, resolve, sep } from 'node:path';

/** The only address a page of this app has. A custom scheme has an origin of its own and reaches no file by accident. */
export const APP_ORIGIN = 'app://station';

/** What the renderer's build may contain; a file of another kind is not served. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.wav': 'audio/wav',
  '.mp3': 'audio/mpeg',
};

/** Stands in each page where the nonce of its load goes: `<meta name="csp-nonce" content="__CSP_NONCE__">`. */
const NONCE_PLACEHOLDER = '__CSP_NONCE__';

/**
 * The content security policy of every page: nothing inline but the styles that carry this load's nonce, nothing from
 * elsewhere, no connection to anything (all data comes over the bridge).
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self' 'nonce-${nonce}'`,
    `img-src 'self' data: blob:`,
    `font-src 'self'`,
    `media-src 'self'`,
    `connect-src 'none'`,
    `object-src 'none'`,
    `worker-src 'none'`,
    `frame-src 'none'`,
    `frame-ancestors 'none'`,
    `form-action 'none'`,
    `base-uri 'none'`,
  ].join('; ');
}

/**
 * Answers a request of a page from `root`: the file, or 404 for anything that is not a file of the build.
 *
 * A page gets a fresh nonce at each load.
 */
export async function serveAppFile(root: string, request: { method: string; url: string }): Promise<Response> {
  const path = request.method === 'GET' ? findAppFile(root, request.url) : undefined;
  const type = CONTENT_TYPES[extname(path ?? '')];
  if (path === undefined || type === undefined) return new Response('not found', { status: 404 });
  let body: Buffer;
  try {
    body = await readFile(path);
  } catch {
    return new Response('not found', { status: 404 });
  }
  const headers = { 'content-type': type, 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' };
  if (extname(path) !== '.html') return new Response(new Uint8Array(body), { headers });
  const nonce = randomBytes(18).toString('base64');
  return new Response(body.toString('utf8').replaceAll(NONCE_PLACEHOLDER, nonce), {
    headers: { ...headers, 'content-security-policy': contentSecurityPolicy(nonce) },
  });
}

/** The path below `root` that `url` names, or undefined when it names another host or a place outside of `root`. */
export function findAppFile(root: string, url: string): string | undefined {
  const parsed = URL.parse(url);
  if (parsed === null || `${parsed.protocol}//${parsed.host}` !== APP_ORIGIN) return undefined;
  let name: string;
  try {
    name = decodeURIComponent(parsed.pathname);
  } catch {
    return undefined;
  }
  if (name.includes('\0') || name.includes('\\')) return undefined;
  const path = resolve(root, `.${name === '/' ? '/index.html' : name}`);
  const inside = relative(root, path);
  return inside === '' || inside.startsWith('..') || path !== join(root, inside) || !path.startsWith(root + sep)
    ? undefined
    : path;
}
