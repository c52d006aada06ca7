/**
 * The method a path names, as `library.object.method` in lower case; undefined when the path is not under /api.
 * Case and dot or slash make no difference: `/api/millenium_eco/produtos/listavitrine` = `/API/MILLENIUM_ECO.PRODUTOS.LISTAVITRINE`.
 */
export function methodOfPath(pathname: string): string | undefined {
  const match = /^\/api\/(.+)$/i.exec(pathname);
  if (match?.[1] === undefined) return undefined;
  try {
    return decodeURIComponent(match[1]).replaceAll('/', '.').replace(/\.$/, '').toLowerCase();
  } catch {
    return undefined;
  }
}
