import { fileURLToPath } from 'node:url';

/** The file beside (or near) `from`: `.ts` when running from source, `.js` in the bundle. `path` has no extension. */
export function siblingFile(from: string, path: string): string {
  return fileURLToPath(new URL(`${path}${from.endsWith('.ts') ? '.ts' : '.js'}`, from));
}
